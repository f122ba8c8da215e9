import { isIP, type Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import {
  type FetchMessageObject,
  type FetchQueryObject,
  ImapFlow,
  type ImapTransport,
  type SearchObject,
} from 'imapflow';
import type { MailSearch } from '@/lib/mail/mailbox';
import { receivedLimits } from '@/lib/mail/received';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { OpenServer } from '@/server/connections/open-connection';
import type { Egress } from '@/server/egress/client';
import { mailboxFailure } from './failure';

type Server = OpenServer<'imap'>;

const openingMs = 15_000;
const silenceMs = 30_000;
/** Of a whole session, however slowly a server answers. */
const longestMs = 120_000;

/** A message as it lies on the server. */
export type RawMail = {
  uid: number;
  bytes: Uint8Array;
  /** Only its beginning was read: it is larger than is taken. */
  cut: boolean;
  receivedAt: string;
  unread: boolean;
};

/** A folder of a mailbox, open. All of it throws `StepError` as {@link withMailbox}. */
export type OpenFolder = {
  /** Changes when the server numbers the messages anew. */
  validity: string;
  /** The number that the next message will get. */
  next: number;
  /** Numbers of the messages that fit, smallest first; those `after` a number alone. */
  search(asked: MailSearch, after?: number): Promise<number[]>;
  /** When the server got those after a moment, in milliseconds since 1970, with their numbers. */
  receivedAfter(moment: number): Promise<number[]>;
  /** undefined for one that is gone. */
  fetch(uid: number): Promise<RawMail | undefined>;
  markRead(uids: readonly number[]): Promise<void>;
  move(uids: readonly number[], folder: string): Promise<void>;
};

/**
 * Signs in, opens a folder, does something with it and leaves. The address is checked as it is connected to, nothing is said
 * before the connection is encrypted, and what a server may send has an end, in bytes and in time. Throws `StepError`:
 * `address_refused`, `mail_sign_in`, `mail_refused`, `folder_missing`, `network_failed`.
 */
export async function withMailbox<Result>(
  egress: Egress,
  server: Server,
  { folder, change, signal }: { folder: string; change: boolean; signal?: AbortSignal },
  work: (folder: OpenFolder) => Promise<Result>,
): Promise<Result> {
  const { host } = server.config;
  const late = AbortSignal.timeout(longestMs);
  const ended = signal ? AbortSignal.any([signal, late]) : late;
  const client = await openClient(egress, server, ended);
  // Commands hide why they failed where the connection is gone: the event tells.
  let broken: unknown;
  client.on('error', (error) => {
    broken ??= error;
  });
  const onAbort = () => client.close();
  ended.addEventListener('abort', onAbort, { once: true });
  try {
    await client.connect();
    const opened = await openFolder(client, folder, change, host);
    const result = await work(opened);
    await client.logout().catch(() => undefined);
    return result;
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (late.aborted) {
      const message = `${host} took longer than ${longestMs / 1_000} seconds.`;
      throw new StepError('network_failed', message, { retryable: true });
    }
    throw mailboxFailure(client.usable ? error : (broken ?? error), host);
  } finally {
    ended.removeEventListener('abort', onAbort);
    client.close();
  }
}

async function openClient(egress: Egress, server: Server, signal: AbortSignal): Promise<ImapFlow> {
  const { host, port, security, userName, certificate } = server.config;
  const socket = await egress.connect({ host, port, timeoutMs: openingMs, signal });
  const bare = host.replace(/^\[|\]$/g, '');
  const client = new ImapFlow({
    ...{ host: bare, port, secure: security === 'tls', doSTARTTLS: security === 'starttls' },
    auth: { user: userName, pass: server.secret },
    transport: transportOver(socket, {
      ...(isIP(bare) ? {} : { servername: bare }),
      ...(certificate ? { ca: certificate } : {}),
    }),
    ...{ logger: false, disableAutoIdle: true, disableCompression: true, qresync: false },
    clientInfo: { name: 'Ensemble' },
    ...{ connectionTimeout: openingMs, greetingTimeout: openingMs, socketTimeout: silenceMs },
    ...{
      maxLiteralSize: receivedLimits.bytes + 1_048_576,
      maxResponseSize: receivedLimits.bytes + 2 * 1_048_576,
      maxLineLength: 4 * 1_048_576,
      maxResponseTokens: 50_000,
    },
  });
  return client;
}

/** The connection that egress opened and checked, encrypted as the session wants it. */
function transportOver(
  socket: Socket,
  options: { servername?: string; ca?: string },
): ImapTransport {
  const secured = (onSecure: () => void): TLSSocket =>
    connect({ socket, minVersion: 'TLSv1.2', ...options }, onSecure);
  return {
    connect({ secure }, onConnect) {
      if (secure) return secured(onConnect);
      setImmediate(onConnect);
      return socket;
    },
    upgrade: (_socket, _options, onSecure) => secured(onSecure),
  };
}

async function openFolder(
  client: ImapFlow,
  folder: string,
  change: boolean,
  host: string,
): Promise<OpenFolder> {
  const box = await client.mailboxOpen(folder, { readOnly: !change }).catch((error: unknown) => {
    throw missing(error, folder, host);
  });
  const uid = { uid: true } as const;
  const found = async (query: SearchObject) => {
    const uids = await client.search(query, uid);
    if (!Array.isArray(uids)) throw refused(client, `${host} refused to search “${folder}”.`);
    return uids.sort((one, other) => one - other);
  };
  const told = (one: number, query: FetchQueryObject) => client.fetchOne(String(one), query, uid);
  return {
    validity: String(box.uidValidity),
    next: box.uidNext,
    async search(asked, after = 0) {
      // `n:*` always names the last message, too.
      const range = after > 0 ? { uid: `${after + 1}:*` } : {};
      const uids = await found({ ...queryOf(asked), ...range });
      return uids.filter((one) => one > after);
    },
    async receivedAfter(moment) {
      // Servers look at the day alone, and at that of their own clock.
      const uids = await found({ since: new Date(moment - 86_400_000) });
      const later: number[] = [];
      for (const one of uids) {
        const facts = await told(one, { internalDate: true });
        if (facts && timeOf(facts) > moment) later.push(one);
      }
      return later;
    },
    async fetch(one) {
      const facts = await told(one, { size: true, flags: true, internalDate: true });
      if (!facts) return undefined;
      const cut = (facts.size ?? 0) > receivedLimits.bytes;
      const source = cut ? { start: 0, maxLength: receivedLimits.beginning } : true;
      const got = await told(one, { source });
      if (!got) return undefined;
      const receivedAt = new Date(timeOf(facts)).toISOString();
      const unread = facts.flags?.has('\\Seen') !== true;
      return { uid: one, bytes: got.source ?? new Uint8Array(), cut, receivedAt, unread };
    },
    async markRead(uids) {
      if (uids.length === 0) return;
      const marked = await client.messageFlagsAdd([...uids], ['\\Seen'], uid);
      if (!marked) throw refused(client, `${host} did not mark the messages as read.`);
    },
    async move(uids, to) {
      if (uids.length === 0) return;
      const moved = await client.messageMove([...uids], to, uid);
      if (!moved) {
        throw refused(
          client,
          `${host} did not move the messages to “${to}”. Is there such a folder?`,
        );
      }
    },
  };
}

/** Why a command did nothing: the server said so, or it is gone, which another try may change. */
function refused({ usable }: ImapFlow, message: string): StepError {
  return usable
    ? new StepError('mail_refused', message)
    : new StepError('network_failed', message, { retryable: true });
}

function queryOf({ from, subject, words, unreadOnly, since }: MailSearch): SearchObject {
  const query: SearchObject = {
    ...(from === '' ? {} : { from }),
    ...(subject === '' ? {} : { subject }),
    ...(words === '' ? {} : { text: words }),
    ...(unreadOnly ? { seen: false } : {}),
    ...(since === undefined ? {} : { since: new Date(since) }),
  };
  return Object.keys(query).length === 0 ? { all: true } : query;
}

function timeOf({ internalDate }: FetchMessageObject): number {
  const time = internalDate === undefined ? Number.NaN : new Date(internalDate).getTime();
  return Number.isNaN(time) ? 0 : time;
}

function missing(error: unknown, folder: string, host: string): unknown {
  const failed = mailboxFailure(error, host);
  if (!StepError.isInstance(failed) || failed.code !== 'mail_refused') return failed;
  return new StepError(
    'folder_missing',
    `There is no folder “${folder}” in this mailbox. ${failed.message}`,
  );
}
