import type {
  Acks,
  ClientMessageName,
  ClientMessages,
  ServerMessages,
} from '@/lib/realtime/messages';

/** The tab's one connection to the server, as the parts on it see it. */
export type Wire = {
  connected(): boolean;
  /** Sends a message and gives its answer; a refusal `unavailable` when none comes in time. Never throws. */
  request<Name extends ClientMessageName>(
    name: Name,
    message: ClientMessages[Name],
  ): Promise<Acks[Name]>;
  /** Sends what may be lost: nothing waits for it, and nothing is kept while the connection is busy or down. */
  send<Name extends ClientMessageName>(name: Name, message: ClientMessages[Name]): void;
  on<Name extends keyof ServerMessages>(
    name: Name,
    handler: (message: ServerMessages[Name]) => void,
  ): () => void;
  /** Called with each change of {@link Wire.connected}. */
  onStatus(handler: (connected: boolean) => void): () => void;
  /** Why the server refuses this connection for good; undefined while it does not. */
  refused(): string | undefined;
};
