import { expect, test } from 'vitest';
import { ApiError } from '@/components/data/call';
import { fileErrors } from './import-errors';

test('reads lines and places out of whatever list the answer carries', () => {
  const details = { problems: [{ line: 4, path: ['nodes', 0, 'type'], message: 'unknown type' }] };
  expect(fileErrors(new ApiError('invalid_input', 400, 'bad', details))).toEqual([
    { line: 4, place: 'nodes.0.type', message: 'unknown type' },
  ]);
});

test('falls back to the sentence of the answer, and of any other error', () => {
  expect(fileErrors(new ApiError('too_large', 413, 'Too large.'))).toEqual([
    { message: 'Too large.' },
  ]);
  expect(fileErrors(new Error('no file'))).toEqual([{ message: 'no file' }]);
});

test('says a place once, and what is missing in plain words', () => {
  const message = 'nodes[1].type: Invalid input: expected string, received undefined.';
  const details = { issues: [{ line: 4, path: 'nodes[1].type', message }] };
  expect(fileErrors(new ApiError('invalid_input', 400, 'bad', details))).toEqual([
    { line: 4, place: 'nodes[1].type', message: 'a string is missing.' },
  ]);
});
