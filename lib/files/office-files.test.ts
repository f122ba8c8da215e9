import { describe, expect, it } from 'vitest';
import { readTextFile } from './read-text-file';
import { encodings } from './testing/office-encodings';
import { others } from './testing/office-others';
import { shapes } from './testing/office-shapes';
import { values } from './testing/office-values';

const all = { encodings, shapes, values, others };

describe.each(Object.entries(all))('files of offices: %s', (_, cases) => {
  it.each(cases)(
    '$what',
    ({ name = 'export.csv', bytes, settings, rows, columns, encoding, refused }) => {
      const read = readTextFile({ name, mediaType: '', bytes }, settings);
      if (refused) {
        expect(read).toMatchObject({ ok: false, problem: expect.stringMatching(refused) });
        return;
      }
      expect(read).toMatchObject({ ok: true });
      if (!read.ok) return;
      const content = read.content as { rows: unknown[]; columns?: string[] };
      if (rows) expect(content.rows).toEqual(rows);
      if (columns) expect(content.columns).toEqual(columns);
      if (encoding) expect(read.encoding).toBe(encoding);
    },
  );
});

it('has enough of them', () => {
  expect(Object.values(all).flat().length).toBeGreaterThanOrEqual(100);
});
