import { expect, test } from 'vitest';
import { completionAt } from './completion';

const people = [
  { id: '1', name: 'Ana Lee' },
  { id: '2', name: 'Ben' },
  { id: '3', name: 'Leo' },
];
const offered = (text: string) =>
  completionAt(text, text.length, people)?.people.map(({ name }) => name);

test('everybody is offered after @, then whoever has a word that begins so', () => {
  expect(offered('@')).toEqual(['Ana Lee', 'Ben', 'Leo']);
  expect(offered('ask @le')).toEqual(['Ana Lee', 'Leo']);
  expect(offered('ask @ana l')).toEqual(['Ana Lee']);
  expect(completionAt('ask @be', 7, people)?.from).toBe(5);
});

test('nobody is offered in an address, after a whole name, or for a stranger', () => {
  expect(offered('mail a@le')).toBeUndefined();
  expect(offered('@Ben')).toBeUndefined();
  expect(offered('@Ben is')).toBeUndefined();
  expect(offered('@zoe')).toBeUndefined();
});
