import { z } from 'zod';

/** What is taken of one email that came in. */
export const receivedLimits = {
  /** Bytes of a message; of a larger one only its beginning is read. */
  bytes: 25 * 1_048_576,
  /** How much of a larger one. */
  beginning: 262_144,
  /** Characters of its text, and of its HTML. */
  characters: 200_000,
  subject: 1_000,
  people: 200,
  attachments: 50,
} as const;

const mailboxSchema = z.object({ name: z.string(), address: z.string() });
const attachmentSchema = z.object({
  name: z.string(),
  mediaType: z.string(),
  /** Base64. */
  content: z.string(),
});

/** An email as the process says it that takes its parts apart. */
export const parsedMailSchema = z.object({
  from: mailboxSchema.nullable(),
  replyTo: z.array(mailboxSchema),
  to: z.array(mailboxSchema),
  cc: z.array(mailboxSchema),
  subject: z.string(),
  messageId: z.string(),
  text: z.string(),
  html: z.string(),
  attachments: z.array(attachmentSchema),
  /** Something was too long or too much, and was left out. */
  incomplete: z.boolean(),
});
export type ParsedMail = z.infer<typeof parsedMailSchema>;

/** A file that came with an email. */
export type MailFile = { name: string; mediaType: string; bytes: Uint8Array };

/** An email of a mailbox, before its files are kept. */
export type ReceivedMail = Omit<ParsedMail, 'attachments'> & {
  uid: number;
  /** When the server got it. */
  receivedAt: string;
  unread: boolean;
  files: MailFile[];
};

/** The same as workflows see it. */
export type MailMessage = {
  /** Tells it from all others of its folder, for ever. */
  id: string;
  from: string;
  fromName: string;
  replyTo: string;
  to: string[];
  cc: string[];
  subject: string;
  /** Without HTML; made of the HTML where there is nothing else. */
  text: string;
  html: string;
  receivedAt: string;
  unread: boolean;
  messageId: string;
  attachments: { id: string; name: string; mediaType: string; size: number }[];
  /** Something was too long or too much, and was left out. */
  incomplete: boolean;
};

/** An email with its files under the ids under which they were kept. */
export function mailMessage(
  validity: string,
  { files: _files, from, replyTo, to, cc, uid, ...mail }: ReceivedMail,
  attachments: MailMessage['attachments'],
): MailMessage {
  const addresses = (list: readonly { address: string }[]) => list.map(({ address }) => address);
  return {
    id: `${validity}:${uid}`,
    from: from?.address ?? '',
    fromName: from?.name ?? '',
    replyTo: replyTo[0]?.address ?? from?.address ?? '',
    to: addresses(to),
    cc: addresses(cc),
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    receivedAt: mail.receivedAt,
    unread: mail.unread,
    messageId: mail.messageId,
    attachments,
    incomplete: mail.incomplete,
  };
}

/** A made-up one: for rehearsals, tests of triggers, and the values that editors offer. */
export const sampleMail: MailMessage = {
  ...{ id: '1:1', from: 'ada@example.com', fromName: 'Ada', replyTo: 'ada@example.com' },
  ...{ to: ['orders@example.com'], cc: [], subject: 'Order 4711' },
  ...{ text: 'Please send three lamps.', html: '', receivedAt: '2026-05-04T09:30:00.000Z' },
  ...{ unread: true, messageId: '<5f0c@example.com>', attachments: [], incomplete: false },
};
