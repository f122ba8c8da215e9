import { expect, it } from 'vitest';
import { catalogue } from './catalogue';
import { commandsFor, readLine } from './read-line';

it.each([
  ['/run Invoices', 'run', 'Invoices'],
  ['/RUN  The “big” one ', 'run', 'The “big” one'],
  ['/help', 'help', ''],
  ['/remember\nAda likes tea', 'remember', 'Ada likes tea'],
])('reads %j', (line, name, argument) => {
  expect(readLine(line)).toMatchObject({ kind: 'command', command: { name }, argument });
});

it.each(['hello', '/etc/hosts is a file', ' /run it', 'a /run', '/', '//', '/1', 'http://x/run'])(
  'takes %j for text',
  (line) => expect(readLine(line)).toEqual({ kind: 'text' }),
);

it.each([
  ['/rnu x', 'Did you mean /run?'],
  ['/start x', 'Did you mean /run?'],
  ['/zzzzzzzz', '/help'],
  ['/run', 'Name the workflow.'],
  ['/help me', 'takes nothing'],
  ['/constructor', 'There is no command'],
])('says what is wrong with %j', (line, words) => {
  const read = readLine(line);
  expect(read.kind === 'wrong' ? read.problem : read.kind).toContain(words);
});

it('asks before all that reaches outside, and finds commands by other words', () => {
  const outward = Object.values(catalogue).filter(({ effect }) => effect === 'outward');
  expect(outward.map(({ name }) => name)).toEqual(['publish', 'run']);
  for (const { confirmation } of outward) expect(confirmation?.('X')).toContain('X');
  expect(commandsFor('cost').map(({ name }) => name)).toEqual(['budget']);
  expect(
    commandsFor('re')
      .map(({ name }) => name)
      .slice(0, 2),
  ).toEqual(['rehearse', 'remember']);
});

it('never throws, and never takes a line that names none for a command', () => {
  let seed = 15;
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const pieces = [
    '/',
    'run',
    'publish',
    ' ',
    '\n',
    '``',
    '@a',
    '\u202e',
    '😀',
    '{{',
    '\0',
    'é',
    '-',
    '1',
    '/help',
    '\\',
  ];
  const names = new Set(Object.keys(catalogue));
  for (let round = 0; round < 10_000; round += 1) {
    const line = Array.from({ length: next(9) }, () => pieces[next(pieces.length)] ?? '').join('');
    const read = readLine(line);
    if (read.kind !== 'command') continue;
    expect(names.has(/^\/([a-z]+)/i.exec(line)?.[1]?.toLowerCase() ?? '')).toBe(true);
  }
});
