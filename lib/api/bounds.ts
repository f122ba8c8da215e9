import { z } from 'zod';

/** The largest number that a column of the kind `int` holds. */
export const largestNumber = 2 ** 31 - 1;

/** A moment that a program may name: ISO 8601, from the year 1 on, since the database knows no year 0. */
export const momentSchema = z.iso
  .datetime()
  .refine((text) => !text.startsWith('0000'), 'must be a moment of the year 1 or later');
