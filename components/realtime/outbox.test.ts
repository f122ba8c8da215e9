import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { type Batch, createOutbox } from './outbox';

test('whatever fails and is sent again: every update arrives, in order, and none is dropped', () => {
  const steps = fc.array(fc.constantFrom('edit', 'take', 'done', 'fail', 'foreign'), {
    maxLength: 80,
  });
  fc.assert(
    fc.property(steps, fc.integer({ min: 20, max: 400 }), (all, limit) => {
      const outbox = createOutbox(limit);
      const [mine, server, old] = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
      mine.on('update', (update: Uint8Array) => outbox.add(update));
      old.on('update', (update: Uint8Array) => outbox.add(update, { foreign: true }));
      let taken: Batch[] = [];
      const deliver = () => {
        const batch = taken.shift();
        if (!batch) return;
        Y.applyUpdate(server, batch.update);
        expect(server.store.pendingStructs).toBeNull();
        expect(
          Y.decodeUpdate(batch.update).structs.every((struct, _, [first]) => {
            return struct.id.client === first?.id.client;
          }),
        ).toBe(true);
        outbox.done(batch);
      };
      const take = () => {
        const batch = outbox.take();
        if (batch) taken.push(batch);
        return batch;
      };
      all.forEach((step, i) => {
        if (step === 'edit') mine.getText('t').insert(0, `edit ${i};`);
        else if (step === 'foreign') old.getText('t').insert(0, `old ${i};`);
        else if (step === 'take') take();
        else if (step === 'done') deliver();
        else {
          outbox.failed();
          taken = [];
        }
      });
      outbox.failed();
      taken = [];
      while (take()) deliver();
      expect(outbox.pending()).toBe(0);
      for (const doc of [mine, old]) {
        expect(Y.getState(server.store, doc.clientID)).toBe(Y.getState(doc.store, doc.clientID));
      }
    }),
    { numRuns: 500 },
  );
});

test('a message stays below the limit, unless a single update is above it', () => {
  const outbox = createOutbox(100);
  const doc = new Y.Doc();
  doc.on('update', (update: Uint8Array) => outbox.add(update));
  for (let i = 0; i < 20; i += 1) doc.getText('t').insert(0, 'ten bytes!');
  doc.getText('t').insert(0, 'x'.repeat(500));
  const sizes: number[] = [];
  for (let batch = outbox.take(); batch; batch = outbox.take()) sizes.push(batch.update.byteLength);
  expect(sizes.filter((size) => size > 100)).toHaveLength(1);
  expect(sizes.length).toBeLessThan(15);
});

test('what came from somewhere travels by itself, in its order', () => {
  const outbox = createOutbox();
  const doc = new Y.Doc();
  const server = new Y.Doc();
  let origin: 'restore:v1' | undefined;
  doc.on('update', (update: Uint8Array) => outbox.add(update, { origin }));
  for (const from of [undefined, undefined, 'restore:v1', 'restore:v1', undefined] as const) {
    origin = from;
    doc.getText('t').insert(0, 'edit;');
  }
  const taken: unknown[] = [];
  for (let batch = outbox.take(); batch; batch = outbox.take()) {
    Y.applyUpdate(server, batch.update);
    taken.push([batch.origin, batch.count]);
  }
  expect(taken).toEqual([
    [undefined, 2],
    ['restore:v1', 2],
    [undefined, 1],
  ]);
  expect(server.getText('t').toString()).toBe(doc.getText('t').toString());
});
