import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { type Mailbox, readAddresses } from '@/lib/mail/addresses';
import type { Mail, SentMail } from '@/lib/mail/mail';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { OpenServer } from '@/server/connections/open-connection';
import type { Egress } from '@/server/egress/client';
import { openMailSession } from './smtp';

/**
 * Sends an email over an opened connection. Each attempt under one `key` gives it the same Message-ID, so that mail servers
 * and readers which compare it show one. Throws as {@link openMailSession} and its `send`.
 */
export async function sendMail(
  egress: Egress,
  server: OpenServer<'smtp'>,
  mail: Mail,
  { key, signal }: { key: string; signal: AbortSignal },
): Promise<SentMail> {
  const from = mail.from ?? senderOf(server);
  const messageId = messageIdOf(key, from.address);
  const message = await composed(mail, from, messageId);
  const to = [...mail.to, ...mail.cc, ...mail.bcc].map(({ address }) => address);
  const session = await openMailSession(egress, server, signal).catch((error: unknown) => {
    throw untouched(error);
  });
  try {
    const { accepted, rejected } = await session.send({ from: from.address, to }, message);
    return { messageId, accepted, rejected };
  } finally {
    session.close();
  }
}

function composed(mail: Mail, from: Mailbox, messageId: string): Promise<Buffer> {
  return new MailComposer({
    ...{ from, to: mail.to, cc: mail.cc, replyTo: mail.replyTo, subject: mail.subject, messageId },
    text: mail.text,
    ...(mail.html === undefined ? {} : { html: mail.html }),
    attachments: mail.attachments.map(({ name, mediaType, bytes }) => ({
      filename: name,
      contentType: mediaType,
      content: Buffer.from(bytes),
    })),
    // Nobody's holiday reply comes back for it.
    headers: { 'Auto-Submitted': 'auto-generated' },
    ...{ disableFileAccess: true, disableUrlAccess: true, newline: 'windows' },
  })
    .compile()
    .build();
}

function senderOf({ name, config }: OpenServer<'smtp'>): Mailbox {
  const read = readAddresses(config.from);
  const [sender] = read.ok ? read.mailboxes : [];
  if (sender !== undefined) return sender;
  throw new StepError('invalid_address', `The connection "${name}" has no valid sender.`);
}

function messageIdOf(key: string, address: string): string {
  const digest = createHash('sha256').update(`mail:${key}`).digest('hex').slice(0, 40);
  return `<${digest}@${address.slice(address.lastIndexOf('@') + 1)}>`;
}

/** What fails before a message is handed over has sent nothing. */
function untouched(error: unknown): unknown {
  if (!StepError.isInstance(error) || error.noEffect) return error;
  const { code, message, retryable, cause } = error;
  return new StepError(code, message, { retryable, noEffect: true, cause });
}
