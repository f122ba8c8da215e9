import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { claimedSourceSchema, partsOfSource } from './source';

test('an editor may claim a suggestion or a restore by its id, and nothing else', () => {
  const id = randomUUID();
  for (const good of [`suggestion:${id}`, `restore:${id}`, 'restore:v3']) {
    expect(claimedSourceSchema.safeParse(good).success).toBe(true);
  }
  const bad = ['api', 'mend', 'person', '', 'suggestion', 'restore:v0', `api:${id}`, `mend:${id}`];
  bad.push(`suggestion:${id}x`, `suggestion:v3`, ` restore:v3`, 'restore:v3\n');
  for (const each of bad) expect(claimedSourceSchema.safeParse(each).success).toBe(false);
  expect(partsOfSource(`suggestion:${id}`)).toEqual({ kind: 'suggestion', from: id });
  expect(partsOfSource('person')).toEqual({ kind: 'person', from: undefined });
  expect(partsOfSource('mend')).toEqual({ kind: 'repair', from: undefined });
});
