import { expect, test } from 'vitest';
import { changeTags, tagsSchema } from './tags';

test('tags are checked as names, and the same one counts once', () => {
  expect(tagsSchema.parse([' Urgent ', 'urgent', 'Q3'])).toEqual(['Urgent', 'Q3']);
  const problem = (tags: string[]) => tagsSchema.safeParse(tags).error?.issues[0]?.message;
  expect(problem(['x'.repeat(41)])).toBe('use at most 40 characters');
  expect(problem(['a\u200bb'])).toContain('cannot be seen');
  expect(problem([''])).toBe('enter a name');
  expect(problem(Array.from({ length: 11 }, (_, index) => `t${index}`))).toBe(
    'use at most 10 tags',
  );
});

test('tags are added and taken away, whatever their capitals', () => {
  const tags = ['Urgent', 'Q3'];
  expect(changeTags(tags, { add: ['Sales', 'q3'] })).toEqual(['Urgent', 'Q3', 'Sales']);
  expect(changeTags(tags, { remove: ['URGENT', 'none'] })).toEqual(['Q3']);
  expect(changeTags(tags, { remove: ['q3'], add: ['Q3'] })).toEqual(['Urgent', 'Q3']);
});
