import type { Address, DeliveryView, Priority } from './schema';

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
    }
  | { do: 'receive'; from: { agent: string } | { pool: string }; limit: number };

export type MessageAnswer = {
  id?: string;
  recipients: number;
  messages: Pick<DeliveryView, 'message' | 'type' | 'body' | 'sender' | 'sentAt'>[];
  /** Done by an earlier attempt. */
  before?: true;
};
