import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jpegHead, makePng, webpHead } from '../testing/make-picture';
import { readPicture } from './picture-facts';
import { pictureProblem } from './picture-limits';

const side = fc.integer({ min: 1, max: 16_383 });
const sizes = fc.record({ width: side, height: side });

test('kind and size are read from the header of 500 pictures in each format', () => {
  fc.assert(
    fc.property(
      sizes,
      fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 4 }),
      fc.boolean(),
      (size, before, animated) => {
        const jpeg = { ...size, mediaType: 'image/jpeg', animated: false };
        expect(readPicture(jpegHead(size, before))).toEqual(jpeg);
        for (const kind of ['VP8 ', 'VP8L', 'VP8X'] as const) {
          expect(readPicture(webpHead(size, kind, animated))).toEqual({
            ...{ ...size, mediaType: 'image/webp', animated: kind === 'VP8X' && animated },
          });
        }
      },
    ),
    { numRuns: 500, seed: 15 },
  );
  for (const animated of [false, true]) {
    const png = readPicture(makePng({ width: 64, height: 48 }, [1, 2, 3], animated));
    expect(png).toEqual({ mediaType: 'image/png', width: 64, height: 48, animated });
  }
});

test('bytes that are no picture, or end early, are told without a failure, 3,000 of them', () => {
  const png = makePng({ width: 9, height: 9 });
  const whole = [png, jpegHead({ width: 9, height: 9 }), webpHead({ width: 9, height: 9 }, 'VP8X')];
  fc.assert(
    fc.property(
      fc.constantFrom(...whole),
      fc.nat({ max: 80 }),
      fc.array(fc.tuple(fc.nat({ max: 79 }), fc.nat({ max: 255 })), { maxLength: 6 }),
      (bytes, length, changes) => {
        const cut = bytes.slice(0, length);
        for (const [at, to] of changes) if (at < cut.length) cut[at] = to;
        const facts = readPicture(cut);
        if (facts !== undefined) expect(facts.width * facts.height).toBeGreaterThan(0);
      },
    ),
    { numRuns: 3_000, seed: 16 },
  );
  expect(readPicture(new TextEncoder().encode('%PDF-1.7'))).toBeUndefined();
  expect(readPicture(new Uint8Array())).toBeUndefined();
});

test.each([
  [1_000, { width: 800, height: 600, animated: false }, undefined],
  [4_000_000, { width: 800, height: 600, animated: false }, /larger than 3.75 MB/],
  [1_000, { width: 8_001, height: 6, animated: false }, /8001 × 6 pixels/],
  [1_000, { width: 8, height: 6, animated: true }, /animated/],
  [1_000, undefined, /no PNG, JPEG or WebP/],
])('of %i bytes and %j: %s', (size, facts, wanted) => {
  const problem = pictureProblem('a.png', size, facts && { ...facts, mediaType: 'image/png' });
  if (wanted === undefined) expect(problem).toBeUndefined();
  else expect(problem).toMatch(wanted);
});
