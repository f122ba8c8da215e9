import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assembleToolCalls, type CallPiece } from './assemble-tool-calls';

type Wanted = { id: string; name: string; args: string };
/** How a server tells which call a piece belongs to. `mixed`: pieces of several calls may come in any order. */
type Dialect = { mixed: boolean; piece(call: Wanted, place: number, part: Part): CallPiece };
type Part = { args: string; first: boolean };

const dialects: Record<string, Dialect> = {
  'an index always, an id and a name first': {
    mixed: true,
    piece: ({ id, name }, index, { args, first }) =>
      first ? { id, name, index, args } : { index, args },
  },
  'an id in each piece, all at the first place': {
    mixed: true,
    piece: ({ id, name }, _, { args, first }) => ({
      id,
      index: 0,
      args,
      ...(first ? { name } : {}),
    }),
  },
  'no id, an index always': {
    mixed: true,
    piece: ({ name }, index, { args, first }) => (first ? { name, index, args } : { index, args }),
  },
  'an id first, all at the first place': {
    mixed: false,
    piece: ({ id, name }, _, { args, first }) =>
      first ? { id, name, index: 0, args } : { index: 0, args },
  },
  'neither id nor index': {
    mixed: false,
    piece: ({ name }, _, { args, first }) => (first ? { name, args } : { args }),
  },
  'empty ids and the name again, at the first place': {
    mixed: false,
    piece: ({ name }, _, { args }) => ({ id: '', name, index: 0, args }),
  },
  'an id in each piece, places that are wrong': {
    mixed: true,
    piece: ({ id, name }, index, { args, first }) => ({
      ...{ id, index: (index * 3) % 2, args },
      ...(first ? { name } : {}),
    }),
  },
};

const args = fc
  .dictionary(
    fc.string({ maxLength: 6 }),
    fc.oneof(fc.string(), fc.integer(), fc.constant({ a: [1] })),
    {
      minKeys: 1,
      maxKeys: 3,
    },
  )
  .map((value) => JSON.stringify(value));
const cuts = fc.array(fc.nat({ max: 60 }), { maxLength: 6 });

const scene = fc.record({
  dialect: fc.constantFrom(...Object.keys(dialects)),
  calls: fc.array(fc.record({ args, cuts }), { minLength: 1, maxLength: 8 }),
  order: fc.array(fc.nat({ max: 1_000 }), { minLength: 80, maxLength: 80 }),
});

/** A text in pieces, cut anywhere. */
function cut(text: string, at: readonly number[]): Part[] {
  const places = [...new Set(at.filter((one) => one > 0 && one < text.length))].sort(
    (a, b) => a - b,
  );
  const bounds = [0, ...places, text.length];
  return bounds.slice(1).map((end, index) => ({
    args: text.slice(bounds[index], end),
    first: index === 0,
  }));
}

test('puts calls together out of 10,000 orders of pieces, in each way in which servers tell them apart', () => {
  let pieces = 0;
  fc.assert(
    fc.property(scene, ({ dialect: name, calls, order }) => {
      const dialect = dialects[name];
      if (dialect === undefined) throw new Error(name);
      const wanted = calls.map((call, index) => ({
        ...{ id: `call_${index}`, name: `tool${index}`, args: call.args },
      }));
      const queues = calls.map((call) => cut(call.args, call.cuts));
      const assembly = assembleToolCalls();
      // Calls begin in their order; what follows may be mixed where the dialect can tell.
      let begun = 0;
      for (let step = 0; queues.some((queue) => queue.length > 0); step += 1) {
        const open = queues.flatMap((queue, index) =>
          queue.length > 0 && index <= begun ? [index] : [],
        );
        const pick = dialect.mixed ? (order[step % order.length] ?? 0) % open.length : 0;
        const place = open[pick] ?? 0;
        const part = queues[place]?.shift();
        const call = wanted[place];
        if (part === undefined || call === undefined) throw new Error('nothing left');
        if (place === begun) begun += 1;
        pieces += 1;
        assembly.push(dialect.piece(call, place, part));
      }
      const got = assembly.calls();
      expect(got.map((call) => [call.name, call.argsText])).toEqual(
        wanted.map((call) => [call.name, call.args]),
      );
      const ids = got.flatMap(({ id }) => id ?? []);
      expect(ids.length === 0 || ids.join() === wanted.map(({ id }) => id).join()).toBe(true);
    }),
    { numRuns: 10_000, seed: 20_261_130 },
  );
  expect(pieces).toBeGreaterThan(50_000);
});

test.each<[string, CallPiece[], string[]]>([
  [
    'whole calls with objects, all at the first place',
    [
      { index: 0, name: 'a', args: { x: 1 } },
      { index: 0, name: 'a', args: { x: 2 } },
      { index: 0, name: 'b', args: {} },
    ],
    ['a{"x":1}', 'a{"x":2}', 'b{}'],
  ],
  [
    'calls without arguments',
    [
      { index: 0, id: 'p', name: 'a', args: '' },
      { index: 1, id: 'q', name: 'a', args: '' },
      { name: 'b' },
    ],
    ['a', 'a', 'b'],
  ],
  [
    'an id that comes after the first piece',
    [
      { index: 0, name: 'a', args: '{' },
      { index: 0, id: 'late', args: '}' },
    ],
    ['a{}'],
  ],
])('%s', (_, pieces, wanted) => {
  const assembly = assembleToolCalls();
  for (const piece of pieces) assembly.push(piece);
  expect(assembly.calls().map(({ name, argsText }) => name + argsText)).toEqual(wanted);
});
