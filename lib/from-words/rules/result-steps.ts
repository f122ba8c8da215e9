import type { DraftedStep } from '../drafted';
import type { Branches } from './by-rules';
import { newest, type Weaving } from './weave';

/** The last steps: what the run gives, and what it says where somebody refused. */
export function resultSteps(
  weaving: Weaving,
  { elses, tails, results }: Branches,
  refused: readonly { port: string; why: string }[],
): DraftedStep[] {
  const made = [...results, newest(weaving)].filter((value) => value !== undefined);
  const [first] = made;
  const after = [...new Set([...tails, ...weaving.tails, ...elses])];
  const result: DraftedStep = {
    ...{ id: 'result', type: 'output', name: 'Result', after },
    does: 'Gives the result of the run.',
    config: {
      format: 'markdown',
      template: textOf(
        made.map(({ expression }) => expression),
        first?.step,
        made[1]?.step,
      ),
    },
  };
  const declined = refused.map(
    ({ port, why }, at): DraftedStep => ({
      ...{ id: at === 0 ? 'declined' : `declined_${at + 1}`, type: 'output', name: 'Not approved' },
      does: 'Says that it was not approved, and why.',
      config: { format: 'markdown', template: `It was not approved. {{ ${why} }}` },
      after: [port],
    }),
  );
  return [result, ...declined];
}

function textOf(
  [first = '"Done."', second]: readonly string[],
  firstStep: string | undefined,
  secondStep: string | undefined,
): string {
  const has = (step: string | undefined, value: string, other: string) =>
    step === undefined ? value : `has(steps.${step}.output) ? ${value} : ${other}`;
  const last =
    second === undefined
      ? '"Nothing was to be done."'
      : has(secondStep, second, '"Nothing was to be done."');
  return firstStep === undefined ? `{{ ${first} }}` : `{{ ${has(firstStep, first, last)} }}`;
}
