import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '@/lib/values/unknown';
import type { Row } from '../rows';
import { cells, fullTables, rowsOf, seed, tables, work } from '../testing/tables';
import type { JoinSettings } from './join';
import type { UniqueSettings } from './unique';

const blank = (value: unknown) =>
  value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
const message = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return String(at(error, 'message'));
  }
  return 'nothing failed';
};
const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

describe(`Join two lists (seed ${seed})`, () => {
  const settings: JoinSettings = {
    keys: [{ left: 'k', right: 'k' }],
    keep: 'left',
    matches: 'all',
    compare: 'exact',
    clash: 'suffix',
    suffix: '_2',
  };
  const keyed = fc
    .array(fc.record({ k: cells, v: fc.nat(9) }, { requiredKeys: ['v'] }), { maxLength: 15 })
    .map((rows): Row[] => [...rows, { k: 'a', v: 1 }]);

  it('pairs rows as two loops would', () => {
    const keeps = fc.constantFrom('matching' as const, 'left' as const, 'all' as const);
    fc.assert(
      fc.property(keyed, keyed, keeps, fc.boolean(), (rows, others, keep, first) => {
        const matches = first ? 'first' : 'all';
        const made = work('join', { rows, others }, { ...settings, keep, matches });
        const wanted: unknown[] = [];
        const used = new Set<unknown>();
        for (const row of rows) {
          const partners = blank(row.k) ? [] : others.filter((other) => same(row.k, other.k));
          const taken = first ? partners.slice(0, 1) : partners;
          for (const other of partners) used.add(other);
          for (const other of taken) wanted.push({ k: row.k ?? null, v: row.v, v_2: other.v });
          if (taken.length === 0 && keep !== 'matching')
            wanted.push({ k: row.k ?? null, v: row.v, v_2: null });
        }
        const passed = (other: Row) =>
          first &&
          !blank(other.k) &&
          others.findIndex((one) => same(one.k, other.k)) !== others.indexOf(other);
        if (keep === 'all')
          for (const other of others)
            if (!used.has(other) && !passed(other))
              wanted.push({ k: other.k ?? null, v: null, v_2: other.v });
        expect(made.output.rows).toEqual(wanted);
      }),
      { seed },
    );
  });

  it.each<[string, Partial<JoinSettings>, unknown]>([
    ['suffix', {}, [{ id: 1, name: 'Ada', name_2: 'Oslo' }]],
    ['left', { clash: 'left' }, [{ id: 1, name: 'Ada' }]],
    ['right', { clash: 'right' }, [{ id: 1, name: 'Oslo' }]],
  ])('two fields of one name: %s', (_, change, wanted) => {
    const lists = { rows: [{ id: 1, name: 'Ada' }], others: [{ id: 1, name: 'Oslo' }] };
    const keys = [{ left: 'id', right: 'id' }];
    expect(work('join', lists, { ...settings, keys, ...change }).output.rows).toEqual(wanted);
  });

  it('keeps both keys where their names differ, and never mixes up large numbers', () => {
    const lists = {
      rows: [{ id: '9007199254740993' }, { id: 9007199254740992 }, { id: 12 }],
      others: [
        { ref: '9007199254740993', x: 1 },
        { ref: ' 12', x: 2 },
        { ref: '12', x: 3 },
      ],
    };
    const keys = [{ left: 'id', right: 'ref' }];
    const made = work('join', lists, { ...settings, keys, keep: 'matching', compare: 'text' });
    expect(made.output.rows).toEqual([
      { id: '9007199254740993', ref: '9007199254740993', x: 1 },
      { id: 12, ref: '12', x: 3 },
    ]);
    const loose = work('join', lists, { ...settings, keys, keep: 'matching', compare: 'loose' });
    expect(loose.output.rowCount).toBe(3);
  });

  it('refuses more rows than a step may give', () => {
    const many = Array.from({ length: 500 }, () => ({ k: 1 }));
    expect(message(() => work('join', { rows: many, others: many }, settings))).toBe(
      'This makes more than 200000 rows.',
    );
  });
});

describe(`Unique, Limit, Split out (seed ${seed})`, () => {
  it('keeps one of each, first or last', () => {
    fc.assert(
      fc.property(fullTables, fc.boolean(), (rows, last) => {
        const keep = last ? 'last' : 'first';
        const made = work('unique', { rows }, { fields: ['a', 'b'], keep, compare: 'exact' });
        const alike = (one: Row, other: Row) => same(one.a, other.a) && same(one.b, other.b);
        const wanted = rows.filter((row, index) => {
          const others = last ? rows.slice(index + 1) : rows.slice(0, index);
          return !others.some((other) => alike(row, other));
        });
        expect(made.output.rows).toEqual(wanted);
      }),
      { seed },
    );
  });

  it('compares whole rows, whatever the order of their fields, and texts without case', () => {
    const rows = [{ x: 1, y: 2 }, { y: 2, x: 1 }, { x: 1 }];
    const whole: UniqueSettings = { fields: [], keep: 'first', compare: 'exact' };
    expect(work('unique', { rows }, whole).output.rows).toEqual([{ x: 1, y: 2 }, { x: 1 }]);
    const mails = [{ m: 'A@b.c' }, { m: ' a@B.c ' }];
    const loose: UniqueSettings = { fields: ['m'], keep: 'last', compare: 'loose' };
    expect(work('unique', { rows: mails }, loose).output.rows).toEqual([{ m: ' a@B.c ' }]);
  });

  it('cuts as an array is cut', () => {
    fc.assert(
      fc.property(tables, fc.nat(20), fc.nat(20), (rows, skip, count) => {
        const start = work('slice', { rows }, { skip, count, from: 'start' });
        expect(start.output.rows).toEqual(rows.slice(skip, skip + count));
        const end = work('slice', { rows }, { skip, count, from: 'end' });
        expect(end.output.rows).toEqual(
          rows
            .toReversed()
            .slice(skip, skip + count)
            .toReversed(),
        );
      }),
      { seed },
    );
  });

  it('makes a row of each item, and names the row without a list', () => {
    const listed = fc.array(fc.record({ o: fc.nat(9), l: fc.array(fc.nat(9), { maxLength: 4 }) }));
    fc.assert(
      fc.property(listed, fc.boolean(), (rows, keeps) => {
        const empty = keeps ? 'keep' : 'drop';
        const settings = { field: 'l', as: 'i', spread: false, empty } as const;
        const made = work('splitOut', { rows }, settings);
        const wanted = rows.flatMap(({ o, l }) =>
          (l.length === 0 && keeps ? [null] : l).map((i) => ({ o, i })),
        );
        expect(made.output.rows).toEqual(wanted);
      }),
      { seed },
    );
    const settings = { field: 'l', as: 'l', spread: true, empty: 'drop' } as const;
    const rows = [
      { o: 1, l: [{ p: 2 }, { o: 3 }] },
      { o: 4, l: 'x' },
    ];
    expect(work('splitOut', { rows: rows.slice(0, 1) }, settings).output.rows).toEqual([
      { o: 1, p: 2 },
      { o: 3 },
    ]);
    expect(message(() => work('splitOut', { rows }, settings))).toBe(
      'Row 2: “l” is “x”, which is not a list.',
    );
  });
});

describe('Aggregate', () => {
  const rows = [
    { n: 'Ada', v: 1 },
    { n: 'Ben', v: '9007199254740993' },
    { n: 'Ada', v: 3 },
  ];
  it('gives a list, a text and an object', () => {
    expect(work('aggregate', { rows }, { into: 'list', field: 'v' }).output).toEqual({
      list: [1, '9007199254740993', 3],
      count: 3,
    });
    const text = { into: 'text', expression: 'string(index) + row.n', separator: ', ' } as const;
    expect(work('aggregate', { rows }, text).output).toEqual({
      text: '0Ada, 1Ben, 2Ada',
      count: 3,
    });
    const made = work('aggregate', { rows }, { into: 'object', key: 'n', field: 'v' });
    expect(made.output.object).toEqual({ Ada: 3, Ben: '9007199254740993' });
    expect(made.note).toBe('1 row had a name that came again: the last one counts.');
    expect(work('aggregate', { rows: [] }, text).output).toEqual({ text: '', count: 0 });
  });
  it('refuses what cannot be a name', () => {
    const object = { into: 'object', key: 'n', field: '' } as const;
    expect(message(() => work('aggregate', { rows: [{ n: null }, { n: '' }] }, object))).toMatch(
      /^Row 1/,
    );
    expect(message(() => work('aggregate', { rows: [{ n: '__proto__' }] }, object))).toBe(
      'Row 1: “__proto__” cannot be a name.',
    );
  });
});

describe(`Text to rows (seed ${seed})`, () => {
  const split = (text: unknown, by: 'lines' | 'text' | 'pattern' | 'found', separator = '') =>
    rowsOf(
      work('splitText', { text }, { by, separator, field: 'x', trim: false, empty: 'keep' }),
    ).map(({ x }) => x);
  const written = fc.string({
    unit: fc.constantFrom('a', 'b', ',', ';', ' ', '\n'),
    maxLength: 60,
  });

  it('splits where JavaScript splits', () => {
    fc.assert(
      fc.property(written, (text) => {
        if (text === '') return;
        expect(split(text, 'text', ',')).toEqual(text.split(','));
        expect(split(text, 'lines')).toEqual(text.split('\n'));
        expect(split(text, 'pattern', '[,;]+ *')).toEqual(text.split(/[,;]+ */));
        expect(split(text, 'found', '[ab]+')).toEqual(text.match(/[ab]+/g) ?? []);
        expect(split(text, 'found', '(a|ab)+;')).toEqual(text.match(/(?:ab|a)+;/g) ?? []);
      }),
      { seed },
    );
  });

  it('takes no time for patterns that others take for ever, and refuses what is no text', () => {
    expect(split(`${'a'.repeat(200)}!`, 'found', '(a+)+$')).toEqual([]);
    expect(split('', 'lines')).toEqual([]);
    expect(message(() => split(5, 'lines'))).toBe('“Text” must be a text, but it is a number.');
  });
});
