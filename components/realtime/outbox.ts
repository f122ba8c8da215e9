import { mergeUpdates } from 'yjs';
import { realtimeLimits } from '@/lib/realtime/messages';

/** Local updates that the server has not acknowledged, oldest first. */
export type Outbox = {
  add(update: Uint8Array): void;
  /** Takes what waits as one message, or undefined when nothing waits. Call `done` or `failed` with it. */
  take(): Batch | undefined;
  done(batch: Batch): void;
  /** Everything that was taken waits again: on one connection, what follows a failed message fails too. */
  failed(): void;
  /** Updates that are not acknowledged, on their way or waiting. */
  pending(): number;
  waiting(): number;
  all(): Uint8Array[];
  clear(): void;
};
export type Batch = { readonly update: Uint8Array; readonly count: number };

/** An empty outbox. One message stays below the server's limit; a single update above it travels alone. */
export function createOutbox(limit: number = realtimeLimits.update): Outbox {
  let waiting: Uint8Array[] = [];
  let sent: { batch: Batch; updates: Uint8Array[] }[] = [];
  return {
    add: (update) => {
      waiting.push(update);
    },
    take() {
      if (waiting.length === 0) return undefined;
      let count = 0;
      // Merging never adds bytes, so the sum is a safe bound.
      for (let size = 0; count < waiting.length; count += 1) {
        size += waiting[count]?.byteLength ?? 0;
        if (size > limit && count > 0) break;
      }
      const updates = waiting.slice(0, count);
      waiting = waiting.slice(count);
      const first = updates[0];
      const update = updates.length === 1 && first ? first : mergeUpdates(updates);
      const batch: Batch = { update, count };
      sent.push({ batch, updates });
      return batch;
    },
    done(batch) {
      sent = sent.filter((entry) => entry.batch !== batch);
    },
    failed() {
      waiting = [...sent.flatMap((entry) => entry.updates), ...waiting];
      sent = [];
    },
    pending: () => waiting.length + sent.reduce((sum, entry) => sum + entry.batch.count, 0),
    waiting: () => waiting.length,
    all: () => [...sent.flatMap((entry) => entry.updates), ...waiting],
    clear() {
      waiting = [];
      sent = [];
    },
  };
}
