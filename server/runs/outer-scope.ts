import type { Scope } from '@/lib/nodes/define-node';
import type { Services } from '@/server/services';
import { scopeOf } from './scope';
import type { StoredRun } from './store';

/** What is seen by the step that started a run whose steps stand inside it; undefined for all other runs. */
export async function outerScope(
  { engine }: Pick<Services, 'engine'>,
  { family }: Pick<StoredRun, 'family'>,
): Promise<Scope | undefined> {
  if (family?.inherits !== true) return undefined;
  const parent = await engine.current(family.runId);
  if (parent === undefined) return undefined;
  return scopeOf(family.runId, parent.state, family.stepId, await outerScope({ engine }, parent));
}
