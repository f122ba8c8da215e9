import { mergeUpdates } from 'yjs';
import { realtimeLimits } from '@/lib/realtime/messages';
import type { ClaimedSource } from '@/lib/workflows/changes/source';

/** Local updates that the server has not acknowledged, oldest first. */
export type Outbox = {
  /** Only updates of one origin are merged. */
  add(update: Uint8Array, more?: About): void;
  /** Takes what waits as one message, or undefined when nothing waits. Call `done` or `failed` with it. */
  take(): Batch | undefined;
  done(batch: Batch): void;
  /** Everything that was taken waits again: on one connection, what follows a failed message fails too. */
  failed(): void;
  /** Updates that are not acknowledged, on their way or waiting. */
  pending(): number;
  waiting(): number;
};
type About = {
  /** Made under another client id: it is never merged with own updates, which may build on it. */
  foreign?: boolean;
  origin?: ClaimedSource | undefined;
};
export type Batch = {
  readonly update: Uint8Array;
  readonly count: number;
  readonly origin: ClaimedSource | undefined;
};

/** An empty outbox. One message stays below the server's limit; a single update above it travels alone. */
export function createOutbox(limit: number = realtimeLimits.update): Outbox {
  type Entry = { update: Uint8Array } & About;
  let waiting: Entry[] = [];
  let sent: { batch: Batch; entries: Entry[] }[] = [];
  return {
    add: (update, more) => {
      waiting.push({ update, ...more });
    },
    take() {
      const [first] = waiting;
      if (!first) return undefined;
      let size = 0;
      // Merging never adds bytes, so the sum is a safe bound.
      const end = waiting.findIndex(({ update, foreign, origin }, i) => {
        size += update.byteLength;
        return i > 0 && (size > limit || foreign || first.foreign || origin !== first.origin);
      });
      const entries = waiting.slice(0, end === -1 ? waiting.length : end);
      waiting = waiting.slice(entries.length);
      const update =
        entries.length === 1 ? first.update : mergeUpdates(entries.map((entry) => entry.update));
      const batch: Batch = { update, count: entries.length, origin: first.origin };
      sent.push({ batch, entries });
      return batch;
    },
    done(batch) {
      sent = sent.filter((entry) => entry.batch !== batch);
    },
    failed() {
      waiting = [...sent.flatMap((entry) => entry.entries), ...waiting];
      sent = [];
    },
    pending: () => waiting.length + sent.reduce((sum, entry) => sum + entry.batch.count, 0),
    waiting: () => waiting.length,
  };
}
