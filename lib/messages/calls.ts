import type { Address, DeliveryView, Priority, Sender } from './schema';

/** What a step asks of messages. */
export type MessageCall =
  | {
      do: 'send';
      to: Address;
      type: string;
      body: unknown;
      priority: Priority;
      orderKey?: string;
      expiresInSeconds?: number;
      /** Where what its reader answers goes: to the sender's mailbox, or to the step, which then waits for it. */
      reply?: 'mailbox' | 'step';
    }
  /** Answers a message; without one, that which began the run. */
  | { do: 'reply'; message?: string; body: unknown }
  /** The agent that calls gets messages of a topic from now on, or no longer. */
  | { do: 'subscribe'; topic: string; on: boolean }
  | { do: 'receive'; from: { agent: string } | { pool: string }; limit: number };

export type MessageAnswer = {
  id?: string;
  recipients: number;
  messages: Pick<DeliveryView, 'message' | 'type' | 'body' | 'sender' | 'sentAt'>[];
  /** Done by an earlier attempt. */
  before?: true;
};

/** What a step hears that waits for a reply. */
export type Reply =
  | { ok: true; body: unknown; from: Sender }
  /** Nobody will answer any more. */
  | { ok: false; reason: string };
