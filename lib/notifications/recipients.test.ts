import { expect, test } from 'vitest';
import type { Role } from '@/lib/people/schema';
import { recipientsOf } from './recipients';

const members = new Map<string, Role>([
  ['olga', 'owner'],
  ['adam', 'admin'],
  ['ed', 'editor'],
  ['pia', 'editor'],
]);
const of = (
  kind: 'failed' | 'waiting',
  startedBy: string | null,
  publishedBy: string | null = 'pia',
  triggered: 'publisher' | 'admins' | 'both' = 'publisher',
) => recipientsOf({ kind, startedBy, publishedBy }, members, triggered);

test('whoever started a run hears that it failed, and nobody else', () => {
  expect(of('failed', 'ed')).toEqual(['ed']);
  expect(of('failed', 'ed', 'pia', 'both')).toEqual(['ed']);
});

test('of a run that nobody started, the setting says who hears', () => {
  expect(of('failed', null)).toEqual(['pia']);
  expect(of('failed', null, 'pia', 'admins')).toEqual(['olga', 'adam']);
  expect(of('failed', null, 'pia', 'both')).toEqual(['pia', 'olga', 'adam']);
});

test('somebody who left hears nothing: then it is for who published, then for the admins', () => {
  expect(of('failed', 'gone')).toEqual(['pia']);
  expect(of('failed', 'gone', 'gone too')).toEqual(['olga', 'adam']);
  expect(of('failed', null, null)).toEqual(['olga', 'adam']);
});

test('what waits for people concerns the admins, too, each once', () => {
  expect(of('waiting', 'ed')).toEqual(['ed', 'olga', 'adam']);
  expect(of('waiting', 'adam')).toEqual(['adam', 'olga']);
  expect(of('waiting', null)).toEqual(['pia', 'olga', 'adam']);
});
