import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { localTls } from '@/server/testing/tls';

export type Received = { from: string; to: string[]; text: string };

/** A mail server on this machine that keeps what it takes: user `ada`, password `right-password`. */
export async function openMailServer(options: SMTPServerOptions = {}) {
  const received: Received[] = [];
  const attempts = { auth: [] as string[], connections: 0 };
  const server = new SMTPServer({
    ...{ ...localTls, disableReverseLookup: true, logger: false },
    onConnect(_session, done) {
      attempts.connections += 1;
      done();
    },
    onAuth({ username, password }, _session, done) {
      attempts.auth.push(password ?? '');
      if (username === 'ada' && password === 'right-password') done(null, { user: 'ada' });
      else done(new Error(`wrong: ${password}`));
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = envelope;
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString('utf8'),
        });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await new Promise<void>((resolve) => listening.once('listening', resolve));
  const sockets = new Set<Socket>();
  listening.on('connection', (socket: Socket) => void sockets.add(socket));
  const { port } = listening.address() as AddressInfo;
  return {
    ...{ received, attempts, port },
    /** Breaks every connection that there is. */
    cut() {
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
