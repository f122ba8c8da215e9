import type { Log } from '@/server/log';
import type { Topic } from './bus';

type Handler = (message: never) => void;

/** The subscribers of this process. A handler that throws is logged and disturbs nobody else. */

export function createSubscribers(log: Log) {
  const byTopic = new Map<string, Set<Handler>>();
  const gapHandlers = new Set<() => void>();
  const call = (work: () => void) => {
    try {
      work();
    } catch (error) {
      log.error({ err: error }, 'a subscriber failed');
    }
  };
  return {
    /** Returns whether this is the first subscriber of the topic. */
    add(topic: Topic, handler: Handler): boolean {
      const handlers = byTopic.get(topic);
      if (handlers) handlers.add(handler);
      else byTopic.set(topic, new Set([handler]));
      return handlers === undefined;
    },
    /** Returns whether this was the last subscriber of the topic. */
    remove(topic: Topic, handler: Handler): boolean {
      const handlers = byTopic.get(topic);
      if (!handlers?.delete(handler) || handlers.size > 0) return false;
      return byTopic.delete(topic);
    },
    has: (topic: string) => byTopic.has(topic),
    deliver(topic: string, message: unknown): void {
      const handlers = byTopic.get(topic);
      if (handlers) for (const handler of [...handlers]) call(() => handler(message as never));
    },
    onGap(handler: () => void): () => void {
      gapHandlers.add(handler);
      return () => gapHandlers.delete(handler);
    },
    gap(): void {
      for (const handler of [...gapHandlers]) call(handler);
    },
  };
}
