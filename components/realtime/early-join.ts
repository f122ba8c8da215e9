import type { Acks, ServerMessages } from '@/lib/realtime/messages';
import { sharedWire } from './socket';
import type { Wire } from './wire';

/** A draft that was requested before the code that opens it had loaded. */
export type EarlyJoin = {
  readonly answer: Promise<Acks['draft.join']>;
  /** What the server said to everybody in the draft since it answered; it is not heard here from now on. */
  take(): EarlyMessage[];
};

export const heard = [
  'draft.updates',
  'draft.awareness',
  'draft.locks',
  'draft.notice',
  'draft.reset',
] as const;
type Heard = (typeof heard)[number];
export type EarlyMessage = {
  [Name in Heard]: { name: Name; message: ServerMessages[Name] };
}[Heard];

/** Whoever has not taken it by then has gone to another page, or may not see this one. */
const keptMs = 15_000;

/**
 * Joins a draft as soon as the wire is connected. Undefined from the answer on when the connection was lost meanwhile
 * or nobody came: it is joined in the usual way then.
 */
export function createEarlyJoin(wire: Wire, workflowId: string): () => EarlyJoin | undefined {
  const messages: EarlyMessage[] = [];
  let join: EarlyJoin | undefined;
  let over = false;
  const end = () => {
    over = true;
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
  const timer = setTimeout(() => {
    end();
    if (join) void wire.request('draft.leave', { workflowId });
  }, keptMs);
  const ask = () => {
    const answer = wire.request('draft.join', { workflowId });
    join = {
      answer,
      take: () => {
        end();
        return messages;
      },
    };
  };
  const stops = [
    ...heard.map((name) =>
      wire.on(name, (message) => {
        if (message.workflowId === workflowId) messages.push({ name, message } as EarlyMessage);
      }),
    ),
    wire.onStatus((connected) => {
      // A connection that was lost has forgotten what it had joined.
      if (!connected || join) end();
      else ask();
    }),
  ];
  if (wire.connected()) ask();
  return () => (over ? undefined : join);
}

let ofPage: { workflowId: string; join: () => EarlyJoin | undefined } | undefined;

/** Asks for the draft of the page that is being loaded, if it is a workflow's. Browser only. */
export function joinEarly(path: string): void {
  const workflowId = /^\/workflows\/([0-9a-f-]{36})$/.exec(path)?.[1];
  if (workflowId) ofPage = { workflowId, join: createEarlyJoin(sharedWire(), workflowId) };
}

/** The answer that {@link joinEarly} requested, if it is for this draft. */
export const earlyJoinOf = (workflowId: string): EarlyJoin | undefined =>
  ofPage?.workflowId === workflowId ? ofPage.join() : undefined;
