import type { Bus } from '@/server/bus/bus';
import type { PartialText } from './partial-text';

const flushMs = 40;
/** Well below what one message of the bus may weigh, whatever the characters. */
const pieceLength = 8000;
const maxLength = 1_000_000;
/** How often what was written is stored: long texts more rarely, since each time all of it is written. */
const storeMs = 1000;
const charactersPerMs = 50;

type Stream = {
  runId: string;
  stepId: string;
  attempt: number;
  text: string;
  /** UTF-16 units that were sent already. */
  sent: number;
  /** UTF-16 units that are stored already, and when they may be stored again. */
  stored: number;
  storeAt: number;
};

/** Where what a step has written is kept until it has ended well, whatever becomes of its worker. */
export type KeepText = (texts: PartialText[]) => Promise<void>;

/** Texts that steps of this worker are writing: sent in small batches, and whole to those who come late. */
export function createStreams(bus: Bus, keep: KeepText = async () => undefined) {
  const open = new Set<Stream>();
  const dirty = new Set<Stream>();
  let timer: NodeJS.Timeout | undefined;
  let storeTimer: NodeJS.Timeout | undefined;

  const send = (stream: Stream, from: number) => {
    const { runId, stepId, attempt, text } = stream;
    for (let offset = from; offset < text.length; offset += pieceLength) {
      const piece = text.slice(offset, offset + pieceLength);
      bus.publish(`run:${runId}`, { kind: 'stream', stepId, attempt, offset, text: piece });
    }
  };
  const flush = () => {
    timer = undefined;
    for (const stream of dirty) {
      send(stream, stream.sent);
      stream.sent = stream.text.length;
    }
    dirty.clear();
  };
  const store = async (streams: readonly Stream[]) => {
    const texts = streams.flatMap(({ runId, stepId, attempt, text }) => ({
      runId,
      stepId,
      attempt,
      text,
    }));
    for (const stream of streams) {
      stream.stored = stream.text.length;
      stream.storeAt = performance.now() + Math.max(storeMs, stream.stored / charactersPerMs);
    }
    if (texts.length > 0) await keep(texts);
  };
  const storeDue = () => {
    storeTimer = undefined;
    const now = performance.now();
    const fresh = [...open].filter(({ stored, text }) => stored < text.length);
    const due = fresh.filter(({ storeAt }) => storeAt <= now);
    void store(due);
    if (fresh.length > due.length) storeTimer = setTimeout(storeDue, storeMs);
  };
  return {
    /** Begins the text of an attempt; nothing travels before its first words. */
    open(of: { runId: string; stepId: string; attempt: number }) {
      const storeAt = performance.now() + storeMs;
      const stream: Stream = { ...of, text: '', sent: 0, stored: 0, storeAt };
      open.add(stream);
      return {
        push(text: string) {
          if (!open.has(stream) || stream.text.length + text.length > maxLength) return;
          stream.text += text;
          dirty.add(stream);
          timer ??= setTimeout(flush, flushMs);
          storeTimer ??= setTimeout(storeDue, storeMs);
        },
        close() {
          open.delete(stream);
          dirty.delete(stream);
        },
        /** Stores what was written and is not stored yet. Never rejects. */
        async keep() {
          if (stream.stored < stream.text.length) await store([stream]);
        },
        /** Whether something of it was stored. */
        isKept: () => stream.stored > 0,
      };
    },
    /** Sends the whole texts of a run once more. */
    repeat(runId: string) {
      for (const stream of open) if (stream.runId === runId) send(stream, 0);
    },
    close() {
      clearTimeout(timer);
      clearTimeout(storeTimer);
    },
  };
}
export type Streams = ReturnType<typeof createStreams>;
