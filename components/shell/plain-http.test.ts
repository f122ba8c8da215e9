import { expect, it } from 'vitest';
import { z } from 'zod';
import { uuidOf } from './plain-http';

it('makes a UUID of version 4 out of any bytes,', () => {
  const all = Array.from({ length: 256 }, (_, byte) => uuidOf(new Uint8Array(16).fill(byte)));
  for (const each of all) expect(z.uuidv4().safeParse(each).success, each).toBe(true);
  expect(uuidOf(Uint8Array.from({ length: 16 }, (_, index) => index))).toBe(
    '00010203-0405-4607-8809-0a0b0c0d0e0f',
  );
});
