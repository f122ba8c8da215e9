import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createUnpacker, decode, encode, maxMessageBytes, pack } from './codec';

it('carries any messages through frames that NOTIFY can hold, in order', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ minLength: 9000, maxLength: 30_000 }),
  );
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 8 }), (texts) => {
      const sent = texts.map((text) =>
        encode('run:1', { kind: 'stream', stepId: 's', attempt: 1, offset: 0, text }),
      );
      let number = 0;
      const frames = pack('me', sent, () => (number += 1));
      for (const frame of frames) expect(Buffer.byteLength(frame)).toBeLessThan(8000);
      const unpack = createUnpacker();
      expect(frames.flatMap((frame) => unpack(frame).texts)).toEqual(sent);
    }),
    { numRuns: 60 },
  );
});

it('keeps the parts of two senders apart, and drops what is not whole', () => {
  const large = (fill: string) =>
    encode('draft:1', { seq: 1, update: fill.repeat(20_000), by: 'x' });
  const a = pack('a', [large('a')], () => 1);
  const b = pack('b', [large('b')], () => 1);
  const unpack = createUnpacker();
  const mixed = a.flatMap((frame, index) => [frame, b[index] ?? '']);
  expect(mixed.flatMap((frame) => unpack(frame).texts)).toEqual([large('a'), large('b')]);
  expect(a.slice(1).flatMap((frame) => unpack(frame).texts)).toEqual([]);
});

it('sends only a hint of what is too large', () => {
  const update = 'x'.repeat(maxMessageBytes);
  expect(decode(encode('draft:1', { seq: 7, update, by: 'me' }))).toEqual([
    'draft:1',
    { seq: 7, by: 'me' },
  ]);
  const events = [{ seq: 1, at: 1, type: 'RunSucceeded', output: update } as const];
  expect(decode(encode('run:1', { kind: 'events', seq: 1, events }))).toEqual([
    'run:1',
    { kind: 'events', seq: 1 },
  ]);
});

it('makes nothing of foreign bytes', () => {
  for (const text of ['', 'x', '{}', '[1]', 'null']) expect(decode(text)).toBeUndefined();
  const unpack = createUnpacker();
  for (const frame of ['', 'x', 'a p', 'a p 1 5 6 xx'])
    expect(unpack(frame).texts.flatMap(decode)).toEqual(unpack(frame).texts.flatMap(decode));
});
