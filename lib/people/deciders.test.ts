import { expect, test } from 'vitest';
import { decidersWords, mayDecide } from './deciders';
import { roles } from './schema';

const all = roles.map((role) => ({ role, email: `${role}@example.com` }));
const who = (deciders: Parameters<typeof mayDecide>[0]) =>
  all.filter((by) => mayDecide(deciders, by)).map(({ role }) => role);

test('without names the role counts, with names these alone and the owner', () => {
  const role = 'editor' as const;
  expect(who({ role, people: [], widened: false })).toEqual(['owner', 'admin', 'editor']);
  const people = [' Commenter@Example.com ', 'viewer@example.com'];
  expect(who({ role, people, widened: false })).toEqual(['owner', 'commenter']);
  expect(who({ role, people, widened: true })).toEqual(['owner', 'admin', 'editor', 'commenter']);
  expect(who({ role, people: [''], widened: false })).toEqual(['owner']);
});

test('says who it is', () => {
  const role = 'editor' as const;
  expect(decidersWords({ role, people: [], widened: false })).toBe(
    'Only members with the role editor or a higher one may decide',
  );
  expect(decidersWords({ role, people: ['a@b.c', 'd@e.f'], widened: false }, ['Ana', 'Ben'])).toBe(
    'Only Ana and Ben may decide',
  );
  expect(decidersWords({ role: 'admin', people: ['a@b.c'], widened: true })).toBe(
    'Only a@b.c and members with the role admin or a higher one may decide',
  );
});
