import type { NodeType } from '@/lib/nodes/node-type/define-node';

/** Node types by name, as `lib/nodes/catalogue.ts` lists them. */
export type Catalogue = Readonly<Record<string, NodeType>>;

/** A node type by name; undefined for names that nobody registered, `constructor` and the like included. */
export function typeNamed(catalogue: Catalogue, name: string): NodeType | undefined {
  return Object.hasOwn(catalogue, name) ? catalogue[name] : undefined;
}
