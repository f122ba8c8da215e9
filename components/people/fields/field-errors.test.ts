import { expect, test } from 'vitest';
import { ApiError } from '@/components/data/call';
import { fieldErrors } from './field-errors';

const invalid = (issues: unknown) => new ApiError('invalid_input', 400, 'all in one', { issues });

test('faults go to their fields, the first of each', () => {
  const error = invalid([
    { path: 'body.email', message: 'enter an email address' },
    { path: 'body.email', message: 'second' },
    { path: 'body.other', message: 'not in the form' },
  ]);
  expect(fieldErrors(error, ['email', 'password'])).toEqual({
    byField: { email: 'Enter an email address.' },
    whole: undefined,
  });
});

test.each([
  [invalid([{ path: 'body.other', message: 'x' }]), 'all in one'],
  [new ApiError('conflict', 409, 'There is one already.'), 'There is one already.'],
  [null, undefined],
])('what belongs to no field is said about the whole', (error, whole) => {
  expect(fieldErrors(error, ['email'])).toEqual({ byField: {}, whole });
});
