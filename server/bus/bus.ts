import type { WorkspaceKind } from '@/lib/realtime/messages';
import type { RunEvent } from '@/lib/runs/schema';
import { type Config, databaseUrl } from '@/server/config';
import type { Log } from '@/server/log';
import { connectPostgresBus } from './postgres-bus';
import { connectRedisBus } from './redis-bus';

/** What is said about a run. `events` is absent when they are too large to travel: fetch them from the rows. */
export type RunMessage =
  | { kind: 'events'; seq: number; events?: RunEvent[] }
  | { kind: 'stream'; stepId: string; attempt: number; offset: number; text: string }
  /** The debugger did something in a run below this one, or something that it held there is over. */
  | {
      kind: 'below';
      of: string;
      place: { stepId: string; round: number; index: number };
      events?: RunEvent[];
    }
  | { kind: 'stream-request' };

/** What is said about a draft. `update` (base64) is absent when it is too large to travel: fetch it from the rows. */
export type DraftMessage =
  | {
      kind?: 'update';
      seq: number;
      update?: string;
      by: string;
      /** Who made the edit, its source, and when (milliseconds since 1970). */
      userId?: string | null;
      origin?: string;
      at?: number;
    }
  /** The locks changed: read the rows. */
  | { kind: 'locks'; by: string }
  | { kind: 'notice'; text: string; nodeIds: string[]; by: string }
  | { kind: 'awareness'; update: string; by: string }
  /** An agent says that it is at the canvas, or that it leaves: an awareness entry in base64. */
  | { kind: 'agent'; clientId: number; update: string; here: boolean; by: string }
  /** A connection writes under this client id now. */
  | { kind: 'holder'; clientId: number; by: string }
  | { kind: 'reset'; reason: string; by: string };

export type WorkspaceMessage = { kind: WorkspaceKind; id: string };

export type Topic = `run:${string}` | `draft:${string}` | `workspace:${string}`;
export type MessageOf<T extends Topic> = T extends `run:${string}`
  ? RunMessage
  : T extends `draft:${string}`
    ? DraftMessage
    : WorkspaceMessage;

/**
 * Hints between processes, at most once: whoever needs to be sure reads the rows. A process hears its own messages
 * too. Publishing never fails and never waits.
 */
export type Bus = {
  publish<T extends Topic>(topic: T, message: MessageOf<T>): void;
  /**
   * Resolves when what is published from now on will be heard; the function ends the subscription. While the carrier is
   * away it resolves within two seconds all the same: `onGap` is called once the subscription stands.
   */
  subscribe<T extends Topic>(
    topic: T,
    handler: (message: MessageOf<T>) => void,
  ): Promise<() => void>;
  /** Called after a lost connection is back: messages may have been missed. The function ends it. */
  onGap(handler: () => void): () => void;
  /** Whether messages travel right now. */
  connected(): boolean;
  close(): Promise<void>;
};

/** Over Redis where there is one, else over Postgres. Resolves when connected; afterwards it reconnects by itself. */
export function createBus(config: Config, log: Log): Promise<Bus> {
  return config.redisUrl === undefined
    ? connectPostgresBus(databaseUrl(config), log)
    : connectRedisBus(config.redisUrl, log);
}
