import type { RunView, StepView } from '@/lib/runs/contract';
import type { Plan } from '@/lib/runs/schema';
import { canonical } from '@/lib/values/canonical';

/** How a step of two runs compares. */
export type StepDifference = 'same' | 'changed' | 'only-a' | 'only-b';

export type ComparedStep = {
  id: string;
  name: string;
  type: string;
  a?: StepView;
  b?: StepView;
  difference: StepDifference;
  /** Settings that the two runs had for it where they differ, by name. */
  settings: { name: string; a: unknown; b: unknown }[];
};

type Side = { run: Pick<RunView, 'steps'>; plan: Plan | undefined };

/**
 * The steps of two runs side by side, in the order of the second; those that only the first has come last. A step is
 * the same when it ended alike, took the same ways, gave the same output and had the same settings.
 */
export function compareSteps(a: Side, b: Side): ComparedStep[] {
  const inA = new Map(a.run.steps.map((step) => [step.id, step]));
  const inB = new Set(b.run.steps.map(({ id }) => id));
  const pairs: [StepView | undefined, StepView | undefined][] = [
    ...b.run.steps.map((step): [StepView | undefined, StepView] => [inA.get(step.id), step]),
    ...a.run.steps
      .filter(({ id }) => !inB.has(id))
      .map((step): [StepView, undefined] => [step, undefined]),
  ];
  return pairs.flatMap(([left, right]) => {
    const known = right ?? left;
    if (!known) return [];
    const { id, name, type } = known;
    const settings = settingsOf(configOf(a.plan, id), configOf(b.plan, id));
    const both = { ...(left ? { a: left } : {}), ...(right ? { b: right } : {}) };
    return [{ id, name, type, ...both, difference: differenceOf(left, right, settings), settings }];
  });
}

function differenceOf(
  a: StepView | undefined,
  b: StepView | undefined,
  settings: readonly unknown[],
): StepDifference {
  if (!a) return 'only-b';
  if (!b) return 'only-a';
  const seen = ({ status, ports, output, error }: StepView) =>
    canonical({ status, ports: ports ?? null, output: output ?? null, error: error?.code ?? null });
  return seen(a) === seen(b) && settings.length === 0 ? 'same' : 'changed';
}

const configOf = (plan: Plan | undefined, id: string) =>
  plan?.steps.find((step) => step.id === id)?.config;

function settingsOf(
  a: Record<string, unknown> | undefined,
  b: Record<string, unknown> | undefined,
): ComparedStep['settings'] {
  if (!a || !b) return [];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((name) =>
    canonical(a[name]) === canonical(b[name]) ? [] : [{ name, a: a[name], b: b[name] }],
  );
}

/** The fields of two inputs where they differ, by name. */
export function inputDifferences(a: unknown, b: unknown): ComparedStep['settings'] {
  const record = (value: unknown) =>
    typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  return settingsOf(record(a), record(b));
}
