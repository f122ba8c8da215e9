import type {
  Acks,
  ClientMessageName,
  ClientMessages,
  Refusal,
  RefusalCode,
} from '@/lib/realtime/messages';
import type { Peer } from './peer';

/** What a socket's messages are answered by: one function for each registered event. */
export type Handlers = {
  [Name in ClientMessageName]: (
    peer: Peer,
    message: ClientMessages[Name],
  ) => Acks[Name] | Promise<Acks[Name]>;
};

export const refuse = (code: RefusalCode, message: string): Refusal => ({
  ok: false,
  error: { code, message },
});
