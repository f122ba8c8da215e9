import { expect, it } from 'vitest';
import { titleOf } from './title';

it.each([
  ['What is 17 * 23?', 'What is 17 * 23?'],
  ['# Plan\nmore', 'Plan'],
  ['**Hello**, _all_ of `you`', 'Hello, all of you'],
  ['- *first* point', 'first point'],
  ['snake_case_name and 2*3*4', 'snake_case_name and 2*3*4'],
  ['```\nlet a = 1', 'let a = 1'],
  ['\n \n', 'New conversation'],
  ['word '.repeat(30), `${'word '.repeat(12).trim()}…`],
])('names a thread after its first line: %j', (text, title) => {
  expect(titleOf(text)).toBe(title);
});
