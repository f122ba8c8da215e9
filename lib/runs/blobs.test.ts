import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BlobRef, countOf, filled, isBlobRef, offload, refsIn, refTo } from './blobs';

/** A store in memory whose hashes are numbers. */
function memory() {
  const kept = new Map<string, unknown>();
  const keep = (value: unknown): BlobRef => {
    const hash = String(kept.size).padStart(64, '0');
    kept.set(hash, value);
    return refTo(value, JSON.stringify(value), hash);
  };
  const hydrate = (value: unknown): unknown =>
    filled(value, ({ $blob }) => hydrate(kept.get($blob.hash)));
  return { keep, hydrate, kept };
}

describe('large values', () => {
  it('leave what is small as it is, the very same', () => {
    const { keep, kept } = memory();
    const value = { a: [1, 2, { b: 'c' }] };
    expect(offload(value, keep)).toBe(value);
    expect(kept.size).toBe(0);
  });

  it('are replaced where they stand, and the rest stays readable', () => {
    const { keep, hydrate } = memory();
    const value = { status: 200, body: 'x'.repeat(100_000) };
    const offloaded = offload(value, keep) as { status: number; body: BlobRef };
    expect(offloaded.status).toBe(200);
    expect(offloaded.body.$blob).toMatchObject({ kind: 'text', characters: 100_002 });
    expect(offloaded.body.$blob.preview).toBe('x'.repeat(400));
    expect(hydrate(offloaded)).toEqual(value);
  });

  it('are replaced as a whole where many small ones make them large', () => {
    const { keep, hydrate } = memory();
    const list = Array.from({ length: 20_000 }, (_, index) => ({ index }));
    const offloaded = offload({ list }, keep) as { list: BlobRef };
    expect(countOf(offloaded.list)).toBe(20_000);
    expect(refsIn(offloaded)).toHaveLength(1);
    expect(hydrate(offloaded)).toEqual({ list });
  });

  it('come back whole, whatever they are, and no offloaded value is large', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 5 }),
        fc.integer({ min: 150, max: 900 }),
        (value, from) => {
          const { keep, hydrate } = memory();
          const offloaded = offload(value, keep, from);
          expect(hydrate(offloaded)).toEqual(value);
          if (isBlobRef(offloaded)) return;
          expect(offload(offloaded, keep, from)).toBe(offloaded);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('are not mistaken: what only looks like a reference stays', () => {
    const hash = 'f'.repeat(64);
    for (const characters of [-1e15, 1e300, 0.5, 0, Number.NaN, '9'])
      expect(isBlobRef({ $blob: { hash, characters } })).toBe(false);
    for (const value of [{ $blob: 1 }, { $blob: { hash: 'x', characters: 1 } }, { $blob: null }]) {
      expect(isBlobRef(value)).toBe(false);
    }
    const forged = { $blob: { hash: 'f'.repeat(64), characters: 9, kind: 'text', preview: '' } };
    expect(filled({ forged }, () => undefined)).toEqual({ forged });
  });
});
