import fc from 'fast-check';
import { expect, it } from 'vitest';
import { goesOn, keptResult, readPart } from './result-text';

it('gives what is short as it is, and keeps nothing beside it', () => {
  expect(keptResult({ a: 1 }, 100, '1.0')).toEqual({ text: '{"a":1}' });
});

it('parts of a long result are the whole of it, whatever is in it and wherever it is cut', () => {
  let parts = 0;
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 2, maxLength: 200 }),
      fc.integer({ min: 2, max: 60 }),
      (text, most) => {
        const { text: first, whole } = keptResult(text, most, '3.1');
        if (whole === undefined) {
          expect(first).toBe(text);
          return;
        }
        let shown = first;
        let read = '';
        for (;;) {
          parts += 1;
          read += shown.slice(0, shown.lastIndexOf('\n[Characters'));
          const from = /"result": "3\.1", "from": (\d+)\}\.\]$/.exec(shown)?.[1];
          expect(goesOn(shown)).toBe(from !== undefined);
          if (from === undefined) break;
          shown = readPart(whole, { ref: '3.1', from: Number(from), length: most });
        }
        expect(read).toBe(text);
      },
    ),
    { numRuns: 3_000, seed: 12 },
  );
  process.stdout.write(`parts read: ${parts}, other characters: 0\n`);
});

it('says what could not be kept', () => {
  const { text, whole } = keptResult('x'.repeat(2_000_010), 10, '1.0');
  expect(whole).toHaveLength(2_000_000);
  expect(text).toContain('Only 2000000 of its 2000010 characters were kept.');
});
