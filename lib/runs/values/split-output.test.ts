import { expect, test } from 'vitest';
import { namedTexts, splitOutput } from './split-output';

test('a text is read, data is looked at', () => {
  expect(splitOutput('# Report')).toEqual({ text: '# Report' });
  expect(splitOutput([1, 2])).toEqual({ rest: [1, 2] });
  expect(splitOutput({ total: 3 })).toEqual({ rest: { total: 3 } });
  expect(splitOutput(undefined)).toEqual({});
  expect(splitOutput(0)).toEqual({ rest: 0 });
});

test('the likeliest text field is taken out of an object', () => {
  expect(splitOutput({ text: 'a', report: '# R', rows: 2 })).toEqual({
    text: '# R',
    rest: { text: 'a', rows: 2 },
  });
  expect(splitOutput({ report: { text: 'deep' } })).toEqual({ text: 'deep' });
  expect(splitOutput({ headline: 'Sales grew' })).toEqual({ text: 'Sales grew' });
  expect(splitOutput({ file: 'b910a7f9' })).toEqual({ rest: { file: 'b910a7f9' } });
  expect(splitOutput({ text: '', rows: 1 })).toEqual({ rest: { text: '', rows: 1 } });
});

test('does not show the format of a text as data', () => {
  expect(splitOutput({ markdown: '# Hi', format: 'markdown' })).toEqual({ text: '# Hi' });
  expect(splitOutput({ text: 'Hi', format: { of: 'a file' } })).toMatchObject({
    rest: { format: { of: 'a file' } },
  });
});

test('does not show who answered as data, which stands beside the answer', () => {
  const answer = { text: 'Yes.', value: null, agent: 'writer', model: 'a/b', rehearsed: false };
  expect(splitOutput(answer)).toEqual({ text: 'Yes.' });
  expect(splitOutput({ ...answer, value: { total: 3 } })).toEqual({
    text: 'Yes.',
    rest: { value: { total: 3 } },
  });
  // A car has a model, too.
  expect(splitOutput({ text: 'Fast.', model: 'Golf' })).toMatchObject({ rest: { model: 'Golf' } });
});

test('tells results of several steps from other objects', () => {
  const answer = { text: 'Good.', model: 'm' };
  const texts = { writer: answer, reviewer: { text: 'Fine.' } };
  expect(namedTexts(texts)).toEqual(Object.entries(texts));
  for (const other of [
    ...[answer, { writer: answer }, 'text', null, [answer, answer]],
    ...[
      { writer: answer, count: 3 },
      { writer: answer, rows: { items: [1] } },
    ],
    Object.fromEntries(Array.from({ length: 13 }, (_, n) => [`s${n}`, answer])),
  ]) {
    expect(namedTexts(other)).toBeUndefined();
  }
});
