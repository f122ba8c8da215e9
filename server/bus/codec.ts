import type { MessageOf, Topic } from './bus';

/** The most that one message may weigh in bytes; of a larger one only the hint travels. */
export const maxMessageBytes = 64 * 1024;

/** A message as it travels: topic and JSON. What is too large loses its load: the receiver reads the rows. */
export function encode<T extends Topic>(topic: T, message: MessageOf<T>): string {
  const text = JSON.stringify([topic, message]);
  if (Buffer.byteLength(text) <= maxMessageBytes) return text;
  const {
    events: _events,
    update: _update,
    text: _text,
    ...hint
  } = message as Record<string, unknown>;
  return JSON.stringify([topic, hint]);
}

export function decode(text: string): [topic: string, message: unknown] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (!Array.isArray(parsed) || typeof parsed[0] !== 'string') return undefined;
    return [parsed[0], parsed[1]];
  } catch {
    return undefined;
  }
}

/** NOTIFY carries less than 8,000 bytes. */
const frameBytes = 7600;

/**
 * Packs encoded messages into frames that NOTIFY can carry: several small ones share a frame, a large one is cut
 * into parts (base64 under a number of its own), which arrive in order.
 */
export function pack(from: string, texts: readonly string[], nextNumber: () => number): string[] {
  const frames: string[] = [];
  let open: string[] = [];
  let openBytes = 0;
  const close = () => {
    if (open.length > 0) frames.push(`${from} m ${open.join('\n')}`);
    open = [];
    openBytes = 0;
  };
  for (const text of texts) {
    const bytes = Buffer.byteLength(text);
    if (openBytes + bytes + 1 > frameBytes) close();
    if (bytes <= frameBytes) {
      open.push(text);
      openBytes += bytes + 1;
      continue;
    }
    const whole = Buffer.from(text).toString('base64');
    const parts = Math.ceil(whole.length / frameBytes);
    const number = nextNumber();
    for (let part = 0; part < parts; part += 1) {
      const slice = whole.slice(part * frameBytes, (part + 1) * frameBytes);
      frames.push(`${from} p ${number} ${part} ${parts} ${slice}`);
    }
  }
  close();
  return frames;
}

/** Undoes {@link pack} frame by frame: gives the encoded messages that a frame completes. */
export function createUnpacker() {
  const partial = new Map<string, { next: number; slices: string[] }>();
  return (frame: string): { from: string; texts: string[] } => {
    const from = frame.slice(0, frame.indexOf(' '));
    const rest = frame.slice(from.length + 3);
    if (frame.charAt(from.length + 1) === 'm') return { from, texts: rest.split('\n') };
    const [number = '', part = '', parts = '', slice = ''] = rest.split(' ');
    const key = `${from} ${number}`;
    const known = part === '0' ? { next: 0, slices: [] } : partial.get(key);
    partial.delete(key);
    if (known === undefined || known.next !== Number(part)) return { from, texts: [] };
    known.slices.push(slice);
    known.next += 1;
    if (known.next === Number(parts)) {
      return { from, texts: [Buffer.from(known.slices.join(''), 'base64').toString()] };
    }
    // Parts of a sender that died stay behind: only so many are kept, the oldest goes.
    if (partial.size >= 100) partial.delete(partial.keys().next().value ?? '');
    partial.set(key, known);
    return { from, texts: [] };
  };
}
