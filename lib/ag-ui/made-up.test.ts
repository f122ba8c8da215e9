import { expect, it } from 'vitest';
import { agUiInputSchema } from './contract';
import { translateRun } from './translate';

it('tells a client of an answer that no model gave', () => {
  const input = agUiInputSchema.parse({ threadId: 't', runId: 'r', messages: [] });
  const typesOf = (madeUp: boolean) =>
    translateRun({ input, runId: 'run' })
      .succeed('Twelve.', madeUp)
      .map(({ type }) => type);
  expect(typesOf(true)).toContain('STATE_DELTA');
  expect(typesOf(false)).not.toContain('STATE_DELTA');
});
