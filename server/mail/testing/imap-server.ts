import { createServer as createPlain, type Socket } from 'node:net';
import { createSecureContext, createServer, TLSSocket } from 'node:tls';
import { localTls } from '@/server/testing/tls';
import { answerImap, type ImapFolders, makeFolder } from './imap-session';

export type ImapOptions = {
  /** Refuses to encrypt, as somebody on the way would make it look. */
  withoutTls?: boolean;
  /** Called with each command before it is answered; what it returns is sent instead of an answer. */
  instead?(command: string): string | undefined;
};

/**
 * A mailbox on this machine that keeps its messages in memory: user `ada`, password `right-password`, folders INBOX and
 * Archive. It speaks as much of IMAP4rev1 as clients need to read, search, mark and move.
 */
export async function openImapServer(options: ImapOptions = {}) {
  const folders: ImapFolders = new Map([
    ['INBOX', makeFolder(1)],
    ['Archive', makeFolder(7)],
  ]);
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const serve = (socket: Socket, secure: boolean) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    answerImap(socket, {
      ...{ folders, commands, secure, ...options },
      encrypt: (plain) =>
        new TLSSocket(plain, { isServer: true, secureContext: createSecureContext(localTls) }),
    });
  };
  const [secure, plain] = [
    createServer(localTls, (socket) => serve(socket, true)),
    createPlain((socket) => serve(socket, false)),
  ];
  for (const server of [secure, plain]) {
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }
  const portOf = (server: typeof plain) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  };
  const folderOf = (name: string) => {
    const folder = folders.get(name);
    if (folder === undefined) throw new Error(`no folder ${name}`);
    return folder;
  };
  return {
    ...{ commands, port: portOf(secure), plainPort: portOf(plain) },
    get connections() {
      return connections;
    },
    /** Puts a message into a folder. */
    deliver(source: string | Buffer, at: { folder?: string; receivedAt?: Date } = {}): number {
      const folder = folderOf(at.folder ?? 'INBOX');
      const uid = folder.next;
      folder.next += 1;
      const bytes = typeof source === 'string' ? Buffer.from(source) : source;
      const receivedAt = at.receivedAt ?? new Date();
      folder.messages.push({ uid, bytes, receivedAt, flags: new Set() });
      return uid;
    },
    /** The messages of a folder: number, and whether it was read. */
    list: (folder: string) =>
      folderOf(folder).messages.map(({ uid, flags }) => ({ uid, read: flags.has('\\Seen') })),
    /** Numbers all messages of a folder anew, as after a repair. */
    renumber(name: string): void {
      const folder = folderOf(name);
      folder.validity += 1;
      folder.messages.forEach((message, index) => {
        message.uid = index + 1;
      });
      folder.next = folder.messages.length + 1;
    },
    /** Breaks every connection that there is. */
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      for (const server of [secure, plain]) {
        await new Promise<void>((resolve) => server.close(() => resolve()));
      }
    },
  };
}

/** An email as it travels. */
export function email(
  head: Record<string, string>,
  body: string,
  type = 'text/plain; charset=utf-8',
): string {
  const lines = Object.entries({
    From: 'Ben <ben@example.com>',
    To: 'orders@example.com',
    'Message-ID': `<${Math.abs(hash(JSON.stringify(head) + body))}@example.com>`,
    'MIME-Version': '1.0',
    'Content-Type': type,
    ...head,
  }).map(([name, value]) => `${name}: ${value}`);
  return `${[...lines, '', body].join('\r\n').replace(/\r?\n/g, '\r\n')}\r\n`;
}

const hash = (text: string): number =>
  [...text].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) | 0, 7);

/** A body of several parts, and its type. */
export function multipart(
  parts: readonly { type: string; body: string; head?: string }[],
  kind = 'mixed',
  boundary = 'part-of-it',
): [body: string, type: string] {
  const pieces = parts.map(
    ({ type, body, head = '' }) =>
      `--${boundary}\r\nContent-Type: ${type}\r\n${head}\r\n${body}\r\n`,
  );
  return [`${pieces.join('')}--${boundary}--`, `multipart/${kind}; boundary="${boundary}"`];
}
