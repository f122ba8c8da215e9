import { isIP } from 'node:net';
import { Readable } from 'node:stream';
import type { NodemailerError } from 'nodemailer/lib/errors';
import SMTPConnection, { type SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { OpenServer } from '@/server/connections/open-connection';
import type { Egress } from '@/server/egress/client';

type Server = OpenServer<'smtp'>;

const openingMs = 15_000;
const silenceMs = 60_000;

/** A mail server that has taken the credentials. */
type MailSession = {
  /**
   * Hands a message over. Throws `StepError`: `mail_refused` and `network_failed`, where certainly nothing was sent;
   * `outcome_unknown` where the server had the whole message and did not say whether it took it.
   */
  send(envelope: { from: string; to: string[] }, message: Buffer): Promise<SMTPConnectionSendInfo>;
  close(): void;
};

/** Connects and signs in. Throws `StepError`: `address_refused`, `mail_sign_in`, `mail_refused`, `network_failed`. */
export async function openMailSession(
  egress: Egress,
  { config, secret }: Server,
  signal?: AbortSignal,
): Promise<MailSession> {
  const { host, port, security, userName, certificate } = config;
  const bare = host.replace(/^\[|\]$/g, '');
  const socket = await egress.connect({
    host,
    port,
    timeoutMs: openingMs,
    ...(signal && { signal }),
  });
  const connection = new SMTPConnection({
    ...{
      host: bare,
      port,
      connection: socket,
      name: config.from.replace(/^.*@|>.*$/g, ''),
      logger: false,
    },
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...{ connectionTimeout: openingMs, greetingTimeout: openingMs, socketTimeout: silenceMs },
    tls: {
      minVersion: 'TLSv1.2',
      ...(isIP(bare) ? {} : { servername: bare }),
      ...(certificate ? { ca: certificate } : {}),
    },
  });
  const { promise: broken, reject } = Promise.withResolvers<never>();
  broken.catch(() => undefined);
  let handedOver = false;
  connection.on('error', (error: NodemailerError) => reject(failureOf(error, host, handedOver)));
  connection.on('end', () => reject(failureOf(undefined, host, handedOver)));
  const onAbort = () => {
    reject(signal?.reason);
    connection.close();
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  const ask = <T>(start: (done: (error?: NodemailerError | null, result?: T) => void) => void) =>
    Promise.race([
      broken,
      new Promise<T | undefined>((resolve, fail) => {
        start((error, result) => {
          if (error) fail(failureOf(error, host, handedOver));
          else resolve(result);
        });
      }),
    ]);
  const close = () => {
    signal?.removeEventListener('abort', onAbort);
    connection.close();
  };
  try {
    await ask((done) => connection.connect(done));
    if (userName !== '') {
      const credentials = { user: userName, pass: secret };
      await ask((done) => connection.login({ ...credentials, credentials }, done));
    }
  } catch (error) {
    close();
    throw error;
  }
  return {
    async send(envelope, message) {
      const content = Readable.from([message]);
      // Only the end of the content lets a server take the message.
      content.once('end', () => {
        handedOver = true;
      });
      const sent = await ask<SMTPConnectionSendInfo>((done) =>
        connection.send({ ...envelope, size: message.byteLength }, content, done),
      );
      if (sent === undefined) throw failureOf(undefined, host, handedOver);
      return sent;
    },
    close,
  };
}

function failureOf(
  error: NodemailerError | undefined,
  host: string,
  handedOver: boolean,
): StepError {
  const said = (error?.response ?? '').replace(/\s+/g, ' ').slice(0, 300);
  if (error?.code === 'EAUTH' || error?.code === 'ENOAUTH') {
    const retryable = error.responseCode !== undefined && error.permanent === false;
    const message = `${host} rejected the user name or password${said && `: ${said}`}.`;
    return new StepError('mail_sign_in', message, { retryable, noEffect: true });
  }
  if (error?.responseCode !== undefined) {
    const message = `${host} refused the email. It said: ${said}`;
    return new StepError('mail_refused', message, {
      retryable: error.permanent === false,
      noEffect: true,
    });
  }
  if (handedOver) {
    const message = `${host} had the whole email and then broke the connection. It may have been sent: look into the mailbox of a recipient before you send it again.`;
    return new StepError('outcome_unknown', message, { retryable: true });
  }
  const why = error === undefined ? 'closed the connection' : reasonOf(error);
  return new StepError('network_failed', `${host} ${why}. Nothing was sent.`, {
    ...{ retryable: true, noEffect: true, cause: error },
  });
}

function reasonOf({ code, message }: NodemailerError): string {
  if (code === 'ETLS' || /certificate|\bTLS\b|\bSSL\b/i.test(message))
    return `could not be reached by an encrypted connection (${message.slice(0, 200)})`;
  if (code === 'ETIMEDOUT') return 'did not respond in time';
  if (code === 'EPROTOCOL') return 'did not answer like a mail server';
  return 'broke the connection';
}
