import { z } from 'zod';
import { afterReading } from '@/lib/mail/mailbox';
import { type MailMessage, mailMessage, type ReceivedMail, sampleMail } from '@/lib/mail/received';
import { defineNode, type NodeContext, StepError, suspend } from '../node-type/define-node';

const unitMs = { hours: 3_600_000, days: 86_400_000 } as const;
const filter = (title: string, help: string, placeholder: string) =>
  z.string().max(500).default('').meta({ title, help, placeholder, widget: 'template' });

export default defineNode({
  type: 'read-mailbox',
  kind: 'task',
  title: 'Read mailbox',
  summary: 'Reads emails of a mailbox with their files, and marks them as read or moves them.',
  group: 'Integrations',
  outward: 'This reads a real mailbox, and may mark emails as read or move them.',
  icon: 'inbox',
  aliases: [
    ...['imap', 'email', 'mail', 'inbox', 'fetch email', 'get emails', 'read email', 'gmail'],
    ...['outlook', 'attachment', 'messages', 'unread'],
  ],
  config: z.strictObject({
    connection: z
      .string({ error: 'Choose a connection.' })
      .min(1, 'Choose a connection.')
      .max(100)
      .meta({
        title: 'Connection',
        description: 'The mailbox that is read.',
        widget: 'connection',
        kinds: ['imap'],
      }),
    folder: z.string().trim().min(1, 'Enter a folder.').max(200).default('INBOX').meta({
      title: 'Folder',
      help: 'INBOX, or a folder as the server names it, such as Archive/2026.',
    }),
    unreadOnly: z.boolean().default(true).meta({
      title: 'Unread only',
      help: 'Leaves out what somebody has read, or an earlier run has marked.',
    }),
    from: filter('From contains', 'Part of the sender’s name or address.', '@example.com'),
    subject: filter('Subject contains', 'Words of the subject.', 'Invoice'),
    words: filter('Anywhere in it', 'Words of the subject, the text or an address.', ''),
    within: z.number().min(0).max(10_000).default(0).meta({
      title: 'Received within',
      help: 'How far back it looks, in the unit below. 0: no matter when.',
    }),
    unit: z
      .enum(['hours', 'days'])
      .default('days')
      .meta({ title: 'Unit', help: 'What the number above counts.' }),
    limit: z.int().min(1).max(50).default(10).meta({
      title: 'At most',
      help: 'Emails that one run reads. The output tells how many more there are.',
    }),
    order: z
      .enum(['oldest', 'newest'])
      .default('oldest')
      .meta({
        title: 'Order',
        help: 'Which come first, and so which are left for the next run.',
        labels: { oldest: 'Oldest first', newest: 'Newest first' },
      }),
    files: z.boolean().default(true).meta({
      title: 'Keep attachments',
      help: 'Saves the files, so that other steps can read, attach and send them.',
    }),
    after: z
      .enum(afterReading)
      .default('leave')
      .meta({
        title: 'Afterwards',
        help: 'What becomes of the emails on the server once they are safe here.',
        labels: {
          leave: 'Leave them as they are',
          'mark-read': 'Mark them as read',
          move: 'Move them to a folder',
        },
      }),
    moveTo: z
      .string()
      .trim()
      .max(200)
      .default('')
      .meta({
        title: 'Move to',
        help: 'The folder, which must exist.',
        placeholder: 'Archive',
        when: { field: 'after', is: 'move' },
      }),
  }),
  subtitle: (config) => config.folder,
  sample: { messages: [sampleMail], count: 1, more: 0 },
  async run(context, config) {
    const { connection, folder, after, moveTo } = config;
    if (context.scope.run.mode === 'rehearsal') {
      context.note?.(`Rehearsed: “${connection}” was not read; this is a made-up email.`);
      return { messages: [sampleMail], count: 1, more: 0, rehearsed: true };
    }
    if (after === 'move' && moveTo === '') {
      throw new StepError('invalid_config', 'Enter the folder to which the emails are moved.');
    }
    if (context.memo === undefined) {
      const kept = await read(context, config);
      if (after === 'leave' || kept.uids.length === 0) return kept.output;
      // What was read is kept before anything is changed: no email is lost by a worker that is.
      const end = { ok: 'again' as const };
      return suspend({ kind: 'timer', until: context.now(), end, memo: kept });
    }
    const { validity, uids, output } = memoSchema.parse(context.memo);
    await context.service('mailbox', {
      ...{ do: 'finish' as const, connection, folder, validity, uids },
      ...(after === 'move' ? { moveTo } : {}),
    });
    return output;
  },
});

/** What is kept between reading and changing. */
const memoSchema = z.object({
  validity: z.string(),
  uids: z.array(z.number()),
  output: z.unknown(),
});

type Output = { messages: MailMessage[]; count: number; more: number };
type Kept = { validity: string; uids: number[]; output: Output };
type Settings = {
  connection: string;
  folder: string;
  unreadOnly: boolean;
  from: string;
  subject: string;
  words: string;
  within: number;
  unit: keyof typeof unitMs;
  limit: number;
  order: 'oldest' | 'newest';
  files: boolean;
};

async function read(context: NodeContext, config: Settings): Promise<Kept> {
  const { connection, folder, unreadOnly, within, unit, limit, order, files } = config;
  const filled = async (text: string) => (await context.render(text)).trim().slice(0, 500);
  const search = {
    from: await filled(config.from),
    subject: await filled(config.subject),
    words: await filled(config.words),
    unreadOnly,
    ...(within > 0 ? { since: context.now() - within * unitMs[unit] } : {}),
  };
  const answer = await context.service('mailbox', {
    ...{ do: 'read', connection, folder, search, limit, files, newestFirst: order === 'newest' },
  });
  const messages: MailMessage[] = [];
  for (const mail of answer.messages) {
    messages.push(mailMessage(answer.validity, mail, await keep(context, answer.validity, mail)));
  }
  const output = { messages, count: messages.length, more: answer.more };
  return { validity: answer.validity, uids: answer.messages.map(({ uid }) => uid), output };
}

async function keep(context: NodeContext, validity: string, { uid, files }: ReceivedMail) {
  const kept: MailMessage['attachments'] = [];
  for (const [index, file] of files.entries()) {
    kept.push(await context.saveFile(file, `${validity}:${uid}:${index}`));
  }
  return kept;
}
