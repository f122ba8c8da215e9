import type { Scope } from '@/lib/nodes/node-type/define-node';
import { refsIn } from '@/lib/runs/blobs';
import type { PlanStep, RunState } from '@/lib/runs/schema';
import type { Hydrate } from '@/server/runs/blobs/blobs';

const settingsTexts = new WeakMap<PlanStep, string>();
const hasRefs = new WeakMap<object, boolean>();

/**
 * The scope with the large values read in that the step's settings can name; the others stay references, so that a
 * step pays for no value that it does not look at.
 */
export async function hydrateScope(
  hydrate: Hydrate,
  { step, debug }: { step: PlanStep; debug?: RunState['debug'] },
  scope: Scope,
): Promise<Scope> {
  let text: string | undefined;
  const steps = { ...scope.steps };
  for (const [key, { output }] of Object.entries(scope.steps)) {
    if (!holdsRefs(output)) continue;
    text ??= textOf(step) + (debug?.breakpoints[step.id] ?? '');
    // `steps` without a dot behind it may become any key.
    if (!text.includes(key) && !/\bsteps\b(?!\.)/.test(text)) continue;
    steps[key] = { output: await hydrate(output) };
  }
  const [input, names] = await Promise.all([
    holdsRefs(scope.input) ? hydrate(scope.input) : scope.input,
    holdsRefs(scope.names) ? hydrate(scope.names) : scope.names,
  ]);
  return {
    ...scope,
    steps,
    input,
    ...(names === undefined ? {} : { names: names as Scope['names'] & object }),
  };
}

/** What stands in a step's settings, for as long as its plan lives. */
function textOf(step: PlanStep): string {
  const known = settingsTexts.get(step);
  if (known !== undefined) return known;
  const text = JSON.stringify([step.config, step.cache?.key]);
  settingsTexts.set(step, text);
  return text;
}

/** Values of the journal are never changed, so that each is looked through once. */
function holdsRefs(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const known = hasRefs.get(value);
  if (known !== undefined) return known;
  const found = refsIn(value).length > 0;
  hasRefs.set(value, found);
  return found;
}
