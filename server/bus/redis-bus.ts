import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Log } from '@/server/log';
import type { Bus, Topic } from './bus';
import { decode, encode } from './codec';
import { createSubscribers } from './local';

const prefix = 'ensemble:bus:';
const gapTopic = '*gap';
const patienceMs = 30_000;
/** For Redis to confirm a subscription. */
const subscribePatienceMs = 2000;

/** The bus over Redis: one connection that publishes, one that listens. */
export async function connectRedisBus(url: string, log: Log): Promise<Bus> {
  const self = randomBytes(8).toString('hex');
  const subscribers = createSubscribers(log);
  const options = {
    maxRetriesPerRequest: null,
    retryStrategy: (times: number) => Math.min(50 * 2 ** Math.min(times, 6), 2000),
  };
  // A publisher that is cut off drops what it cannot send, and tells everybody of the gap afterwards.
  const publisher = new Redis(url, {
    ...options,
    enableOfflineQueue: false,
    enableAutoPipelining: true,
    lazyConnect: true,
  });
  const listener = new Redis(url, { ...options, lazyConnect: true });
  let lostSome = false;
  let closed = false;

  const send = (topic: string, text: string) => {
    publisher.publish(`${prefix}${topic}`, `${self} ${text}`).catch(() => {
      lostSome = true;
    });
  };
  const ready = Promise.all([firstReady(publisher), firstReady(listener)]);
  publisher.on('ready', () => {
    if (!lostSome) return;
    lostSome = false;
    send(gapTopic, JSON.stringify([gapTopic, null]));
  });
  let heardBefore = false;
  listener.on('ready', () => {
    if (heardBefore) log.info('the bus is connected again');
    // Subscriptions are renewed by the client, in the same pipeline that later commands join.
    if (heardBefore) listener.ping().then(subscribers.gap, () => undefined);
    heardBefore = true;
  });
  for (const client of [publisher, listener]) {
    client.on('error', (error) => log.debug({ err: error }, 'the bus cannot reach Redis'));
    client.on('close', () => {
      if (!closed) log.warn('the bus lost its connection');
    });
  }
  listener.on('message', (_channel: string, frame: string) => {
    const from = frame.slice(0, frame.indexOf(' '));
    if (from === self) return;
    const [topic, message] = decode(frame.slice(from.length + 1)) ?? [];
    if (topic === gapTopic) subscribers.gap();
    else if (topic !== undefined) subscribers.deliver(topic, message);
  });

  for (const client of [publisher, listener]) client.connect().catch(() => undefined);
  await withPatience(ready, () => {
    for (const client of [publisher, listener]) client.disconnect();
  });
  await listener.subscribe(`${prefix}${gapTopic}`);

  return {
    publish(topic, message) {
      queueMicrotask(() => subscribers.deliver(topic, message));
      send(topic, encode(topic, message));
    },
    async subscribe<T extends Topic>(topic: T, handler: (message: never) => void) {
      subscribers.add(topic, handler);
      // Each subscriber asks anew: the answer tells that this very moment is covered.
      const confirmed = listener.subscribe(`${prefix}${topic}`);
      if (!(await inTime(confirmed, listener.status === 'ready' ? subscribePatienceMs : 0))) {
        // What was published before Redis answered may have been missed.
        confirmed.then(subscribers.gap, () => undefined);
      }
      return () => {
        if (!subscribers.remove(topic, handler)) return;
        const leave = async () => {
          await listener.unsubscribe(`${prefix}${topic}`);
          // Somebody may have come back while the request was on its way.
          if (subscribers.has(topic)) await listener.subscribe(`${prefix}${topic}`);
        };
        leave().catch(() => undefined);
      };
    },
    onGap: subscribers.onGap,
    connected: () => publisher.status === 'ready' && listener.status === 'ready',
    close() {
      closed = true;
      for (const client of [publisher, listener]) client.disconnect();
      return Promise.resolve();
    },
  };
}

/** Whether it was done in so many milliseconds; one that fails is not. Never rejects. */
async function inTime(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const done = work.then(
    () => true,
    () => false,
  );
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}

const firstReady = (client: Redis) => new Promise<void>((resolve) => client.once('ready', resolve));

async function withPatience(ready: Promise<unknown>, giveUp: () => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      giveUp();
      reject(new Error('Redis does not answer at REDIS_URL: start it, or correct the address.'));
    }, patienceMs);
  });
  await Promise.race([ready, late]).finally(() => clearTimeout(timer));
}
