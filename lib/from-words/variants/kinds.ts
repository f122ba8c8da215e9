/** What a draft can be made for. */
export const variantKinds = ['fast', 'cheap', 'best'] as const;
export type VariantKind = (typeof variantKinds)[number];
