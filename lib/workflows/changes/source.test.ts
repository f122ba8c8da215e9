import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { claimedOriginSchema, partsOfOrigin } from './source';

test('an editor may claim a suggestion or a restore by its id, and nothing else', () => {
  const id = randomUUID();
  for (const good of [`suggestion:${id}`, `restore:${id}`, 'restore:v3']) {
    expect(claimedOriginSchema.safeParse(good).success).toBe(true);
  }
  const bad = ['api', 'mend', 'person', '', 'suggestion', 'restore:v0', `api:${id}`, `mend:${id}`];
  bad.push(`suggestion:${id}x`, `suggestion:v3`, ` restore:v3`, 'restore:v3\n');
  for (const each of bad) expect(claimedOriginSchema.safeParse(each).success).toBe(false);
  expect(partsOfOrigin(`suggestion:${id}`)).toEqual({ door: 'suggestion', from: id });
  expect(partsOfOrigin('person')).toEqual({ door: 'person', from: undefined });
});
