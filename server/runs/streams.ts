import type { Bus } from '@/server/bus/bus';

const flushMs = 40;
/** Well below what one message of the bus may weigh, whatever the characters. */
const pieceLength = 8000;
const mostLength = 1_000_000;

type Stream = {
  runId: string;
  stepId: string;
  attempt: number;
  text: string;
  /** UTF-16 units that were sent already. */
  sent: number;
};

/** Texts that steps of this worker are writing: sent in small batches, and whole to those who come late. */
export function createStreams(bus: Bus) {
  const open = new Set<Stream>();
  const dirty = new Set<Stream>();
  let timer: NodeJS.Timeout | undefined;

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
  return {
    /** Begins the text of an attempt; nothing travels before its first words. */
    open(of: { runId: string; stepId: string; attempt: number }) {
      const stream: Stream = { ...of, text: '', sent: 0 };
      open.add(stream);
      return {
        push(text: string) {
          if (!open.has(stream) || stream.text.length + text.length > mostLength) return;
          stream.text += text;
          dirty.add(stream);
          timer ??= setTimeout(flush, flushMs);
        },
        close() {
          open.delete(stream);
          dirty.delete(stream);
        },
      };
    },
    /** Sends the whole texts of a run once more. */
    repeat(runId: string) {
      for (const stream of open) if (stream.runId === runId) send(stream, 0);
    },
    close() {
      clearTimeout(timer);
    },
  };
}
export type Streams = ReturnType<typeof createStreams>;
