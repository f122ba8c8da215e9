import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@/server/log';
import type { Bus } from './bus';
import { createUnpacker, decode, encode, pack } from './codec';
import { createSubscribers } from './local';
import { openLine } from './postgres-listener';

const channel = 'ensemble_bus';
/** Said to everybody by a process that could not send something. */
const gapText = '["*gap",null]';
const coalesceMs = 10;
const maxPending = 10_000;

/** The bus over LISTEN/NOTIFY on one connection of its own. */
export async function connectPostgresBus(url: string, log: Log): Promise<Bus> {
  const self = randomBytes(8).toString('hex');
  const subscribers = createSubscribers(log);
  const unpack = createUnpacker();
  let pending: string[] = [];
  let lostSome = false;
  let flushing = false;
  let counter = 0;

  const hear = (frame: string) => {
    const { from, texts } = unpack(frame);
    if (from === self) return;
    for (const text of texts) {
      const [topic, message] = decode(text) ?? [];
      if (text === gapText) subscribers.gap();
      else if (topic !== undefined) subscribers.deliver(topic, message);
    }
  };
  const line = await openLine(url, channel, log, {
    onFrame: hear,
    onBack() {
      subscribers.gap();
      void flush();
    },
  });

  // The first message goes at once; those of the next few milliseconds share one statement.
  const flush = async () => {
    if (flushing) return;
    flushing = true;
    for (let using = line.client(); using !== undefined; using = line.client()) {
      if (pending.length === 0 && !lostSome) break;
      const texts = lostSome ? [...pending, gapText] : pending;
      pending = [];
      lostSome = false;
      const frames = pack(self, texts, () => (counter += 1));
      const query = 'select pg_notify($1, frame) from unnest($2::text[]) as frame';
      const client = using;
      await client.query(query, [channel, frames]).catch((error: unknown) => {
        log.debug({ err: error }, 'the bus could not send');
        lostSome = true;
        line.drop(client);
      });
      await sleep(coalesceMs);
    }
    flushing = false;
  };

  return {
    publish(topic, message) {
      queueMicrotask(() => subscribers.deliver(topic, message));
      if (pending.length >= maxPending) {
        pending = [];
        lostSome = true;
      }
      pending.push(encode(topic, message));
      void flush();
    },
    subscribe(topic, handler) {
      subscribers.add(topic, handler);
      return Promise.resolve(() => void subscribers.remove(topic, handler));
    },
    onGap: subscribers.onGap,
    connected: () => line.client() !== undefined,
    close: line.close,
  };
}
