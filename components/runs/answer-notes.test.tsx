import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { Call } from '@/lib/runs/schema';
import { AnswerNotes } from './answer-notes';

const call = (note?: string): Call => ({
  ...{ provider: 'openai', model: 'm', rehearsed: false, reason: '' },
  usage: { inputTokens: 1, outputTokens: 1, costUsd: 0 },
  ...(note === undefined ? {} : { note }),
});
const cut = 'The answer was cut off at the token limit.';

test.each([
  ['a cut answer', [{ calls: [call(cut)] }], [cut]],
  ['a whole one', [{ calls: [call()] }], []],
  ['none', [{ calls: undefined }, {}], []],
  ['one that was cut before it was whole', [{ calls: [call(cut), call()] }], []],
  [
    'two steps',
    [
      { name: 'A', calls: [call(cut)] },
      { name: 'B', calls: [call(cut)] },
    ],
    [`“A”: ${cut}`, `“B”: ${cut}`],
  ],
  ['the same twice', [{ calls: [call(cut)] }, { calls: [call(cut)] }], [cut]],
])('%s', (_, of, notes) => {
  const markup = renderToStaticMarkup(<AnswerNotes of={of} />);
  expect([...markup.matchAll(/<\/svg> ([^<]*)<\/p>/g)].map((found) => found[1])).toEqual(notes);
});
