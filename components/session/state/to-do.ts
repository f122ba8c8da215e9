import type { WritableObservable } from '@/components/observable/observable';
import type { Problem } from '@/lib/workflows/schema';
import type { LocalState } from './local-state';

type Touched = NonNullable<LocalState['touched']>;

/** Stands for all fields of a step. */
const everything = '*';

/** Whether a problem is only something that is still to be filled in: nobody was at its field, or asked for a run. */
export function isToDo(problem: Problem, touched: ReadonlySet<string> | undefined): boolean {
  if (!problem.missing) return false;
  if (touched === undefined) return true;
  return !touched.has(everything) && !touched.has(String(problem.path?.[0]));
}

/** Whether it is one, wherever it belongs. */
export const isToDoIn = (problem: Problem, touched: Touched | undefined): boolean =>
  isToDo(problem, touched?.get(problem.nodeId ?? ''));

/** Somebody was at a field, so that what it lacks from now on is a problem. */
export function touch(local: WritableObservable<LocalState>, nodeId: string, field: string): void {
  const { touched } = local.get();
  const fields = touched?.get(nodeId);
  if (fields?.has(field)) return;
  const next = new Map(touched).set(nodeId, new Set(fields).add(field));
  local.set({ ...local.get(), touched: next });
}

/** Somebody asked for what these stand in the way of. */
export function touchAll(
  local: WritableObservable<LocalState>,
  problems: readonly Problem[],
): void {
  for (const { missing, nodeId } of problems) if (missing) touch(local, nodeId ?? '', everything);
}
