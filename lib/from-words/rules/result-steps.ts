import type { DraftedStep } from '../drafted';
import { shown, type Weaving } from './weave';

/** The last steps: what the run gives, and what it says where somebody refused. */
export function resultSteps(weaving: Weaving): DraftedStep[] {
  const made = shown(weaving);
  const result: DraftedStep = {
    ...{ id: 'result', type: 'output', name: 'Result', after: [...new Set(weaving.tails)] },
    does: 'Gives the result of the run.',
    config: {
      format: 'markdown',
      template: made ?? 'Done.',
    },
  };
  const declined = weaving.refused.map(
    ({ port, why }, at): DraftedStep => ({
      ...{ id: at === 0 ? 'declined' : `declined_${at + 1}`, type: 'output', name: 'Not approved' },
      does: 'Says that it was not approved, and why.',
      config: { format: 'markdown', template: `It was not approved. {{ ${why} }}` },
      after: [port],
    }),
  );
  return [result, ...declined];
}
