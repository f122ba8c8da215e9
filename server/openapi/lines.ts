import type { ResultOf } from '@/lib/api/define-route';
import type { listServiceOperations } from '@/lib/services/contract';
import type { Operation } from '@/lib/services/schema';

/** An operation in short. */
export type OperationLine = ResultOf<typeof listServiceOperations>['items'][number];

export function lineOf(operation: Operation): OperationLine {
  const {
    id,
    title,
    group = null,
    method,
    path,
    deprecated = false,
    unsupported = null,
  } = operation;
  return { id, title, group, method, path, deprecated, unsupported };
}
