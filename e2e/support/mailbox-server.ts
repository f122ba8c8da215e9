import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';

/** A certificate of its own for localhost, with its key, worth nothing anywhere else. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUaOxvfpY7p2U6MLc6alRzYki2t6YwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEzMDAyNTcxOFoYDzIxMjYxMTA2
MDI1NzE4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATveeKFJNRE4DIBxJC0HAtvg1ft0dAxFIm6t5yeW7lmLqO7Xp2GioWl
v04dEtPS8KqtDYV8Xi4mHXEsS0JFzSSAo28wbTAdBgNVHQ4EFgQUEamwrrjiipah
0z9l9y2M8i9eq30wHwYDVR0jBBgwFoAUEamwrrjiipah0z9l9y2M8i9eq30wDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgKCYPmtZeIBqmegiVJJH5jbW0Gts3kLLcHb4vy2mG8zMCICgx
8kZ0VZhJdtkkK5VedfJw6v6AScWqSgcHP+6yuTSN
-----END CERTIFICATE-----`;
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg4L5BB07blACoKJBf
Q6pCaq2sdso2MqTRSWVGmfKIanmhRANCAATveeKFJNRE4DIBxJC0HAtvg1ft0dAx
FIm6t5yeW7lmLqO7Xp2GioWlv04dEtPS8KqtDYV8Xi4mHXEsS0JFzSSA
-----END PRIVATE KEY-----`;

/** A mailbox with one folder that takes any password: as much of IMAP as reading needs. */
export async function startMailbox() {
  const mails: Buffer[] = [];
  const server = createServer({ cert: certificate, key }, (socket) => {
    socket.on('error', () => undefined);
    socket.write('* OK ready\r\n');
    let waiting = '';
    socket.on('data', (chunk: Buffer) => {
      waiting += chunk.toString('latin1');
      const lines = waiting.split('\r\n');
      waiting = lines.pop() ?? '';
      for (const line of lines) answer(socket, mails, line);
    });
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    deliver: (...lines: string[]) => void mails.push(Buffer.from(lines.join('\r\n'))),
    close: () => void server.close(),
  };
}

function answer(socket: TLSSocket, mails: readonly Buffer[], line: string): void {
  const [tag = '*', verb = '', sub = '', range = ''] = line.split(' ');
  const command = verb === 'UID' ? `UID ${sub}` : verb;
  const said: Record<string, () => string> = {
    CAPABILITY: () => '* CAPABILITY IMAP4rev1\r\n',
    LIST: () => '* LIST () "/" "INBOX"\r\n',
    EXAMINE: () =>
      `* ${mails.length} EXISTS\r\n* OK [UIDVALIDITY 1] ok\r\n* OK [UIDNEXT ${mails.length + 1}] ok\r\n`,
    'UID SEARCH': () => `* SEARCH${mails.map((_, at) => ` ${at + 1}`).join('')}\r\n`,
    'UID FETCH': () => fetched(mails[Number(range) - 1], range, line),
  };
  socket.write(said[command]?.() ?? '', 'latin1');
  socket.write(`${tag} OK done\r\n`);
  if (command === 'LOGOUT') socket.end();
}

function fetched(mail: Buffer | undefined, uid: string, line: string): string {
  if (mail === undefined) return '';
  const facts = [`UID ${uid}`, `RFC822.SIZE ${mail.length}`, 'FLAGS ()'];
  facts.push('INTERNALDATE "04-May-2026 09:30:00 +0000"');
  if (line.includes('BODY')) facts.push(`BODY[] {${mail.length}}\r\n${mail.toString('latin1')}`);
  return `* ${uid} FETCH (${facts.join(' ')})\r\n`;
}
