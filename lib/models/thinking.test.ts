import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Part, splitThoughts } from './thinking';

/** What is left of the answer, and what was thought, when a text comes in these pieces. */
function read(pieces: readonly string[]): { text: string; thoughts: string } {
  const splitter = splitThoughts();
  const parts: Part[] = [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
  let text = '';
  let thoughts = '';
  for (const part of parts) {
    if (part.kind === 'text') text += part.text;
    else if (part.kind === 'thought') thoughts += part.text;
    else {
      thoughts = text + thoughts;
      text = '';
    }
  }
  return { text, thoughts };
}

const cases: [given: string, text: string, thoughts: string][] = [
  ['Hello', 'Hello', ''],
  ['  Hello', '  Hello', ''],
  ['<think>Is it {total}?</think>\n\n{"total": 5}', '{"total": 5}', 'Is it {total}?'],
  ['\n<think>\na\n</think>\n\nb', 'b', '\na\n'],
  ['<think></think>\nb', 'b', ''],
  ['<think>a</think><think>b</think>c', 'c', 'ab'],
  ['<thinking>a</thinking>b', 'b', 'a'],
  ['<thought>a < b</thought>c', 'c', 'a < b'],
  ['[THINK]a[/THINK]b', 'b', 'a'],
  ['◁think▷a◁/think▷b', 'b', 'a'],
  ['<seed:think>a</seed:think>b', 'b', 'a'],
  [
    '<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>b',
    'b',
    'a',
  ],
  // Never closed: the answer did not come.
  ['<think>on and on', '', 'on and on'],
  ['<think>on and on </thin', '', 'on and on </thin'],
  // The prompt had opened it.
  ['Okay, so\n</think>\n\nYes.', 'Yes.', 'Okay, so\n'],
  ['It is {"total": 1}</think>{"total": 5}', '{"total": 5}', 'It is {"total": 1}'],
  // In the middle.
  ['Sure.\n<think>a</think>\nYes.', 'Sure.\n\nYes.', 'a'],
  [
    'Sure.\n<think>is a mark that was never closed',
    'Sure.\n<think>is a mark that was never closed',
    '',
  ],
  // Words about marks are words.
  ['Write <think> first.', 'Write <think> first.', ''],
  ['End it with `</think>`.', 'End it with `</think>`.', ''],
  ['Use:\n```xml\n<think>a</think>\n```\nDone.', 'Use:\n```xml\n<think>a</think>\n```\nDone.', ''],
  ['a <b> c </b> < d [e] <', 'a <b> c </b> < d [e] <', ''],
  ['<thin', '<thin', ''],
  ['<table><tr></table>', '<table><tr></table>', ''],
  ['<think>a</think>b<think>c', 'b<think>c', 'a'],
  ['The end.<|end|>', 'The end.<|end|>', ''],
];

test.each(cases)('%j', (given, text, thoughts) => {
  expect(read([given])).toEqual({ text, thoughts });
});

test('pieces cut anywhere give the same, and nothing is lost', () => {
  const some = fc.constantFrom(
    ...['<think>', '</think>', '<thinking>', '</thinking>', '[THINK]', '[/THINK]', '<th', 'ink>'],
    ...['a', ' ', '\n', '```', '`', '<', '{"total": 5}', 'Ünï🙂'],
  );
  const any = fc.array(some, { maxLength: 12 }).map((words) => words.join(''));
  const given = fc.oneof(fc.constantFrom(...cases.map(([text]) => text)), any);
  const property = fc.property(
    given,
    fc.array(fc.nat({ max: 9 }), { maxLength: 30 }),
    (text, cuts) => {
      const pieces: string[] = [];
      let rest = text;
      for (const length of cuts) {
        pieces.push(rest.slice(0, length));
        rest = rest.slice(length);
      }
      const whole = read([text]);
      expect(read([...pieces, rest])).toEqual(whole);
      const letters = (of: string) => of.replace(/[^Üï5{]/g, '');
      expect([...letters(whole.text + whole.thoughts)].sort()).toEqual([...letters(text)].sort());
    },
  );
  fc.assert(property, { numRuns: 5_000, seed: 4_202_611 });
});
