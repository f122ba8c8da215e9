import { z } from 'zod';
import type { WaitEnd } from '@/lib/runs/schema';
import { at } from '@/lib/values/unknown';
import type { Reply } from './calls';

/** What a step asks that waits for the reply to its message. */
export const replyWaitSchema = z.strictObject({
  replyTo: z.uuid(),
  /** Who is to answer, for people. */
  from: z.string(),
});
export type ReplyWait = z.infer<typeof replyWaitSchema>;

const prefix = 'message-reply/';

/** The name of the event by which a step hears what was answered to the message that it has sent. */
export const replyChannel = (message: string): string => `${prefix}${message}`;

export const isReplyChannel = (channel: string): boolean => channel.startsWith(prefix);

/** Ports of a step that waits for a reply. */
export const replyPorts = { answered: 'out', none: 'expired' } as const;

/** The event that brings a reply, or the word that none will come. */
export function replyEvent(message: string, reply: Reply) {
  if (!reply.ok) return { answered: false, message, reason: reply.reason };
  const { name } = reply.from;
  const outside = reply.from.kind === 'run' && reply.from.outside === true;
  return { answered: true, message, reply: reply.body, from: name, outside };
}

/** How a step's wait ends that such an event reaches; undefined for any other event. */
export function replyEnd(channel: string, payload: unknown): WaitEnd | undefined {
  if (!isReplyChannel(channel)) return undefined;
  if (at(payload, 'answered') === true) {
    const reason = `${String(at(payload, 'from'))} answered.`;
    return { ok: true, output: payload, ports: [replyPorts.answered], reason };
  }
  const reason = `Nobody will answer: ${String(at(payload, 'reason'))}`;
  const output = { answered: false, message: at(payload, 'message'), reply: null, from: null };
  return { ok: true, output, ports: [replyPorts.none], reason };
}
