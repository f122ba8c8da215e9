import { sameJson } from '@/lib/workflows/draft/draft-value';
import type { Operation } from './schema';

export type OperationName = { id: string; title: string };
export type OperationChanges = {
  added: OperationName[];
  removed: OperationName[];
  changed: OperationName[];
};

/** What differs between two descriptions of a service, operation by operation. */
export function changesBetween(
  before: readonly Operation[],
  after: readonly Operation[],
): OperationChanges {
  const old = new Map(before.map((operation) => [operation.id, operation]));
  const next = new Map(after.map((operation) => [operation.id, operation]));
  const name = ({ id, title }: Operation): OperationName => ({ id, title });
  return {
    added: after.filter(({ id }) => !old.has(id)).map(name),
    removed: before.filter(({ id }) => !next.has(id)).map(name),
    changed: after
      .filter((operation) => {
        const was = old.get(operation.id);
        return was !== undefined && !sameJson(was, operation);
      })
      .map(name),
  };
}
