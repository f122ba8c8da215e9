import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Move, nextMove, stepsOf } from './next-move';
import { sameAnswer } from './same-answer';
import type { PanelEvent, PanelPolicy, Reply } from './schema';

/** What an agent says: blind, then in each round; `A`, or `A!` with evidence that it did not name before, `-` nothing. */
type Planted = {
  policy?: PanelPolicy;
  says: string[][];
  /** Open answers: which members a reader finds to say the same. */
  alike?: number[][];
  /** The answers that the judge picks in the one and the other order. */
  judge?: [string, string];
  person?: string;
  /** After so many answers nothing more may be spent. */
  cap?: number;
};
type Wanted = [way: string, held: number[], dissent: number[][], answers: number];

// Each outcome worked out by hand: who holds the answer, who dissents, and how many answers it took.
const panels: [string, Planted, Wanted][] = [
  ['two agree at once', { says: [['A'], ['A'], ['B']] }, ['agreed', [0, 1], [], 2]],
  ['two of two agree', { says: [['A'], ['A']] }, ['agreed', [0, 1], [], 2]],
  ['the third breaks the tie', { says: [['A'], ['B'], ['A']] }, ['voted', [0, 2], [[1]], 3]],
  [
    'three of five',
    { says: [['A'], ['B'], ['A'], ['C'], ['A']] },
    ['voted', [0, 2, 4], [[1], [3]], 5],
  ],
  [
    'half of four is not enough; one moves with evidence',
    { says: [['A'], ['B', 'A!'], ['A'], ['C', 'C']] },
    ['discussed', [0, 1, 2], [[3]], 8],
  ],
  [
    'who moves without evidence is counted as before',
    { says: [['A'], ['B', 'A']], judge: ['A', 'A'] },
    ['judged', [0], [[1]], 4],
  ],
  [
    'nobody moves: no second round',
    {
      says: [
        ['A', 'A!'],
        ['B', 'B!'],
        ['C', 'C'],
      ],
      judge: ['B', 'B'],
    },
    ['judged', [1], [[0], [2]], 6],
  ],
  [
    'they change places, and again',
    {
      says: [
        ['A', 'B!', 'A!'],
        ['B', 'A!', 'B!'],
      ],
      judge: ['A', 'A'],
    },
    ['judged', [0], [[1]], 6],
  ],
  [
    'the second round settles it',
    {
      says: [
        ['A', 'B!', 'C!'],
        ['B', 'C!', 'C'],
        ['C', 'C', 'C'],
      ],
    },
    ['discussed', [1, 2], [[0]], 6],
  ],
  [
    'a judge who goes by the order decides nothing',
    { says: [['A'], ['B']], judge: ['A', 'B'], person: 'B' },
    ['decided', [1], [[0]], 4],
  ],
  [
    'a judge who finds neither, and a person who does not either',
    { says: [['A'], ['B']], judge: ['-', '-'], person: '-' },
    ['unsettled', [0], [[1]], 4],
  ],
  [
    'votes alone do not discuss',
    { policy: 'vote', says: [['A'], ['B'], ['C']] },
    ['unsettled', [0], [[1], [2]], 3],
  ],
  [
    'votes alone can be enough',
    { policy: 'vote', says: [['A'], ['B'], ['B']] },
    ['voted', [1, 2], [[0]], 3],
  ],
  [
    'a person at once',
    { policy: 'ask', says: [['A'], ['B']], person: 'A' },
    ['decided', [0], [[1]], 2],
  ],
  ['one gives nothing', { says: [['-'], ['A'], ['A']] }, ['agreed', [1, 2], [], 3]],
  ['one alone answers', { says: [['-'], ['A']] }, ['alone', [1], [], 2]],
  ['the money ends after two', { says: [['A'], ['B'], ['A']], cap: 2 }, ['capped', [0], [[1]], 2]],
  [
    'the money ends after the vote',
    { says: [['A'], ['B']], cap: 2, judge: ['A', 'A'] },
    ['capped', [0], [[1]], 2],
  ],
  [
    'texts that say the same in other words',
    { says: [['long A'], ['long B'], ['long C']], alike: [[0, 1]] },
    ['agreed', [0, 1], [], 2],
  ],
  [
    'texts of which two say the same',
    { says: [['long A'], ['long B'], ['long C']], alike: [[1, 2]] },
    ['voted', [1, 2], [[0]], 3],
  ],
];

type Disguise = (letter: string) => string[];
const names = ['Paris', 'Rome', 'Oslo'];
const cased: Disguise = (letter) => {
  const name = names['ABC'.indexOf(letter)] ?? letter;
  return [name, name.toUpperCase(), `  ${name}. `, `**${name}**`, `“${name}”`];
};
const counted =
  (unit: string, size: number): Disguise =>
  (letter) => {
    const value = size * (1 + 'ABC'.indexOf(letter));
    return [
      `${value.toFixed(2)}${unit}`,
      `${(value * 1.004).toFixed(2)} ${unit}`,
      `${value.toLocaleString('en-US')} ${unit}`,
    ];
  };
/** Ten ways to write answers, in which those that are the same never look the same. */
const disguises: Disguise[] = [
  cased,
  (letter) => cased(letter).toReversed(),
  (letter) => cased(letter).map((each) => each.replace(/(\w+)/, 'the $1')),
  counted('km', 1_200),
  counted('%', 10),
  counted('€', 99),
  (letter) => [`${1_789 + 'ABC'.indexOf(letter)}`],
  (letter) => [`Yes, ${letter}`, `yes, ${letter}!`],
  (letter) => [`Ｏｐｔｉｏｎ ${letter}`, `option ${letter}`],
  (letter) => [`${letter}-1`, `(${letter.toLowerCase()}-1)`],
];

/** Plays a panel to its end; what each step gives is planted. */
function play(planted: Planted, disguise: Disguise) {
  const { says, policy = 'discuss', cap } = planted;
  const history: PanelEvent[] = [];
  let [answers, evidence] = [0, 0];
  const letterOf = new Map<number, string>();
  const write = (said: string, member: number): string => {
    if (said.startsWith('long ')) return `${said} ${'words '.repeat(30)}`;
    const forms = disguise(said[0] ?? '');
    return forms[member % forms.length] ?? '';
  };
  const reply = (member: number, round: number): (Reply & { member: number })[] => {
    answers += 1;
    const all = says[member] ?? [];
    const said = all[Math.min(round, all.length - 1)] ?? '-';
    if (said === '-') return [];
    evidence += 1;
    const fresh = said.endsWith('!') ? [`source ${evidence}`] : [`first ${member}`];
    letterOf.set(member, said.replace(/^long |!$/g, ''));
    return [
      {
        member,
        answer: write(said, member + round),
        claims: [],
        evidence: fresh,
        sure: 1,
        changed: true,
      },
    ];
  };
  const pickOf = (move: Extract<Move, { kind: 'judge' | 'person' }>, letter: string) => {
    const at = move.groups.findIndex((group) =>
      group.some(
        ({ answer, member }) =>
          disguise(letter).some((form) => sameAnswer(form, answer)) ||
          answer.startsWith(`long ${letter}`) ||
          member < 0,
      ),
    );
    return at < 0 ? null : at;
  };
  for (let step = 0; step < 30; step += 1) {
    const capped = cap !== undefined && answers >= cap;
    const move = nextMove({ members: says.length, policy, capped }, history);
    switch (move.kind) {
      case 'done':
        return { move, answers, history };
      case 'ask': {
        const replies = move.members.flatMap((member) => reply(member, move.round));
        history.push({ kind: 'asked', round: move.round, members: move.members, replies });
        break;
      }
      case 'compare': {
        const here = new Set(move.positions.map(({ member }) => member));
        const groups = (planted.alike ?? []).map((group) => group.filter((at) => here.has(at)));
        history.push({ kind: 'compared', groups });
        break;
      }
      case 'judge': {
        const [one, other] = planted.judge ?? ['-', '-'];
        history.push({ kind: 'judged', picks: [pickOf(move, one), pickOf(move, other)] });
        break;
      }
      case 'person':
        history.push({ kind: 'decided', by: 'Ada', pick: pickOf(move, planted.person ?? '-') });
        break;
    }
  }
  throw new Error('the panel does not end');
}

test('200 planted panels come out as worked out by hand', () => {
  let played = 0;
  for (const [name, planted, [way, held, dissent, answers]] of panels) {
    for (const [at, disguise] of disguises.entries()) {
      const { move, answers: took } = play(planted, disguise);
      const groups = move.groups.map((group) => group.map(({ member }) => member));
      const label = `${name}, disguise ${at}`;
      expect([move.way, groups[0] ?? [], groups.slice(1), took], label).toEqual([
        way,
        held,
        dissent,
        answers,
      ]);
      played += 1;
    }
  }
  expect(played).toBe(200);
});

const letters = fc.constantFrom('A', 'B', 'C', 'A!', 'B!', 'C!', '-');
const anyPanel = fc.record({
  policy: fc.constantFrom<PanelPolicy>('discuss', 'vote', 'ask'),
  says: fc.array(fc.array(letters, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 5 }),
  judge: fc.tuple(letters, letters).map(([a, b]): [string, string] => [a[0] ?? '-', b[0] ?? '-']),
  person: letters.map((letter) => letter[0] ?? '-'),
});

test('any panel ends, loses no position, and takes no more than was said before, 5,000 of them', () => {
  fc.assert(
    fc.property(anyPanel, fc.constantFrom(...disguises), (planted, disguise) => {
      const { move, answers, history } = play(planted, disguise);
      const kept = move.groups.flat().map(({ member }) => member);
      const gave = history.flatMap((event) =>
        event.kind === 'asked' && event.round === 0
          ? event.replies.map(({ member }) => member)
          : [],
      );
      expect(kept.toSorted()).toEqual(gave.toSorted());
      const paid =
        answers +
        history.filter(({ kind }) => kind === 'compared').length +
        2 * history.filter(({ kind }) => kind === 'judged').length;
      expect(paid).toBeLessThanOrEqual(stepsOf(planted.says.length, planted.policy).most);
      expect(
        history.filter((event) => event.kind === 'asked' && event.round > 0).length,
      ).toBeLessThanOrEqual(2);
      // What happened decides what happens: read again, it is the same.
      expect(nextMove({ members: planted.says.length, policy: planted.policy }, history)).toEqual(
        move,
      );
    }),
    { numRuns: 5_000, seed: 3_13 },
  );
});

test.each([
  ['12 %', '12%', true],
  ['$1,200', '$1203', true],
  ['$1,200', '€1,200', false],
  ['1200 km', '1300 km', false],
  ['1789', '1790', false],
  ['Paris', 'the paris.', true],
  ['yes', 'no', false],
  ['0 %', '0.0 %', true],
  ['−5 °C', '-5 °c', true],
  ['-5 °C', '5 °C', false],
  ['.5 km', '0.5 km', true],
  ['.5 km', '5 km', false],
])('%s and %s are the same answer: %s', (one, other, same) => {
  expect(sameAnswer(one, other)).toBe(same);
  expect(sameAnswer(other, one)).toBe(same);
});
