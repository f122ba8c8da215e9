/**
 * A readable name for addresses and headers: lower-case letters, digits and single hyphens, at most 40 characters.
 * `suffix` makes it unique; a name without any such letter becomes `workspace`.
 */
export function slugOf(name: string, suffix = ''): string {
  const base = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return [base || 'workspace', suffix].filter((part) => part !== '').join('-');
}
