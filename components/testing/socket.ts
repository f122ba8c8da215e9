import type { z } from 'zod';
import {
  type Acks,
  type ClientMessageName,
  clientMessages,
  type ServerMessages,
} from '@/lib/realtime/messages';

type Listener = (message: unknown) => void;
type Message<Name extends ClientMessageName> = z.output<(typeof clientMessages)[Name]>;
type Answer<Name extends ClientMessageName> =
  | Acks[Name]
  | ((message: Message<Name>) => Acks[Name] | undefined);

const listeners = new Map<string, Set<Listener>>();
const answers = new Map<ClientMessageName, (message: never) => unknown>();
const sent: { name: ClientMessageName; message: unknown }[] = [];
const faults: string[] = [];

const isKnown = (name: string): name is ClientMessageName => name in clientMessages;

function receive(name: string, message: unknown, answer?: (given: unknown) => void): void {
  if (!isKnown(name)) {
    faults.push(`The server knows no message ${name}.`);
    return;
  }
  const { data, error } = clientMessages[name].safeParse(message);
  if (error) faults.push(`${name} was sent with a wrong message: ${error.message}`);
  sent.push({ name, message: data });
  const given = answers.get(name)?.(data as never);
  if (given !== undefined) queueMicrotask(() => answer?.(given));
}

const fake = {
  connected: false,
  active: true,
  io: { engine: { close: () => realtime.disconnect() } },
  on(name: string, listener: Listener) {
    const mine = listeners.get(name) ?? new Set();
    listeners.set(name, mine.add(listener));
    return fake;
  },
  off(name: string, listener: Listener) {
    listeners.get(name)?.delete(listener);
    return fake;
  },
  connect: () => fake,
  close: () => fake,
  timeout: () => ({
    emit: (name: string, message: unknown, answer: (error: null, given: unknown) => void) =>
      receive(name, message, (given) => answer(null, given)),
  }),
  volatile: { emit: (name: string, message: unknown) => receive(name, message) },
};

const hear = (name: string, message: unknown) => {
  for (const listener of [...(listeners.get(name) ?? [])]) listener(message);
};

/** Stands in the place of `socket.io-client`: the tab's one connection, to a server that the test plays. */
export const io = () => fake;

/** The other end of the socket. Messages that the schemas refuse, and those without an answer, are told after the test. */
export const realtime = {
  connect(): void {
    fake.connected = true;
    hear('connect', undefined);
  },
  disconnect(): void {
    fake.connected = false;
    hear('disconnect', 'transport close');
  },
  /** Refuses the connection, as a session that has ended does. */
  refuse(message: string): void {
    fake.connected = false;
    hear('connect_error', Object.assign(new Error(message), { data: { code: 'unauthenticated' } }));
  },
  /** Answers a message, with a value or by what was sent; `undefined` answers never. */
  on<Name extends ClientMessageName>(name: Name, answer: Answer<Name>): void {
    answers.set(name, typeof answer === 'function' ? answer : () => answer);
  },
  /** Tells the browser something. */
  tell<Name extends keyof ServerMessages>(name: Name, message: ServerMessages[Name]): void {
    hear(name, message);
  },
  sent<Name extends ClientMessageName>(name: Name): Message<Name>[] {
    return sent.filter((one) => one.name === name).map(({ message }) => message as Message<Name>);
  },
};

/** As a server without anything: it lets everybody into the workspace, and knows no run and no draft. */
export function resetRealtime(): readonly string[] {
  sent.length = 0;
  answers.clear();
  const error = { code: 'not_found', message: 'There is no such thing.' } as const;
  for (const name of ['draft.join', 'run.join', 'run.events'] as const) {
    realtime.on(name, { ok: false, error });
  }
  for (const name of ['draft.leave', 'draft.awareness', 'run.leave'] as const) {
    realtime.on(name, { ok: true });
  }
  realtime.on('workspace.join', { ok: true, workspaceId: 'w', changed: [] });
  fake.connected = true;
  return faults.splice(0);
}
