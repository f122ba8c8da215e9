import type { z } from 'zod';
import type { CommandLine } from '@/lib/chat/message';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import type { ThreadRow } from '../store';

export type Json = z.infer<ReturnType<typeof z.json>>;

export type Asked = {
  services: Services;
  actor: Actor;
  thread: ThreadRow;
  argument: string;
  /** What a workflow is given that it starts. */
  input?: Record<string, Json> | undefined;
  /** The same when it is done again: what it starts has this as its Idempotency-Key. */
  key: string;
};

/** What a command did, in Markdown, with where to look. Throws `AppError` where it did nothing. */
export type Act = (asked: Asked) => Promise<{ result: string; links?: CommandLine['links'] }>;

/** The key as use cases read it. */
export const keyed = (key: string): Pick<Request, 'headers'> => ({
  headers: new Headers({ 'idempotency-key': key }),
});

/** A person's text in Markdown, as it is. */
export const plain = (text: string): string => text.replace(/[\\`*_{}[\]<>#|~!]/g, '\\$&');
