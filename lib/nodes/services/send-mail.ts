import { z } from 'zod';
import { type Mailbox, readAddresses } from '@/lib/mail/addresses';
import { type Mail, maxMailBytes, maxRecipients } from '@/lib/mail/mail';
import { elementIdSchema } from '@/lib/workflows/schema';
import { defineNode, type NodeContext, StepError } from '../node-type/define-node';
import { refuseMadeUp } from '../requests/made-up';
import { renderHtml, textOfHtml } from './render-html';

const addresses = (title: string, description?: string) =>
  z
    .string()
    .max(8_000)
    .default('')
    .meta({ title, widget: 'template', ...(description ? { description } : {}) });
const isHtml = { field: 'format', is: 'html' };

const attachmentSchema = z.strictObject({
  id: elementIdSchema,
  source: z
    .enum(['file', 'text'])
    .default('file')
    .meta({
      title: 'Attach',
      help: 'A file of the workspace, or a text that this run made.',
      labels: { file: 'A file', text: 'A text of this run' },
    }),
  file: z
    .string()
    .max(2_000)
    .optional()
    .meta({
      title: 'File',
      help: 'The file that is sent along.',
      widget: 'file',
      when: { field: 'source', is: 'file' },
    }),
  name: z
    .string()
    .max(200)
    .default('')
    .meta({
      title: 'File name',
      help: 'What recipients see; its ending says what it is.',
      placeholder: 'orders.csv',
      widget: 'template',
      when: { field: 'source', is: 'text' },
    }),
  content: z
    .string()
    .max(20_000)
    .default('')
    .meta({
      title: 'Content',
      description: 'Such as the text of a Write data step.',
      widget: 'template',
      when: { field: 'source', is: 'text' },
    }),
});
type Attachment = z.infer<typeof attachmentSchema>;

export default defineNode({
  type: 'send-mail',
  kind: 'task',
  title: 'Send email',
  summary: 'Sends an email, with files if you like. A rehearsal sends nothing.',
  group: 'Integrations',
  outward: 'This sends a real email.',
  icon: 'mail',
  aliases: [
    ...['email', 'mail', 'smtp', 'gmail', 'outlook', 'send', 'notify', 'message'],
    ...['attachment', 'newsletter', 'send mail'],
  ],
  config: z.strictObject({
    connection: z
      .string({ error: 'Choose a connection.' })
      .min(1, 'Choose a connection.')
      .max(100)
      .meta({
        title: 'Connection',
        description: 'The mail server that sends it.',
        widget: 'connection',
        kinds: ['smtp'],
      }),
    to: z.string({ error: 'Enter who gets it.' }).min(1, 'Enter who gets it.').max(8_000).meta({
      title: 'To',
      description: 'Email addresses, separated by commas.',
      placeholder: 'ada@example.com',
      widget: 'template',
    }),
    subject: z.string({ error: 'Enter a subject.' }).min(1, 'Enter a subject.').max(2_000).meta({
      title: 'Subject',
      help: 'The line that recipients see first; {{ }} inserts values.',
      widget: 'template',
    }),
    format: z
      .enum(['text', 'html'])
      .default('text')
      .meta({
        title: 'Format',
        help: 'Plain text, or HTML with layout.',
        labels: { text: 'Plain text', html: 'HTML' },
      }),
    message: z.string().max(100_000).default('').meta({
      title: 'Message',
      help: 'What the email says; {{ }} inserts values.',
      widget: 'prompt',
    }),
    htmlValues: z
      .enum(['text', 'html'])
      .default('text')
      .meta({
        title: 'Values from {{ }}',
        description:
          'Choose HTML only for values that you made yourself, such as a table of Write data.',
        labels: { text: 'Are plain text', html: 'Are HTML' },
        when: isHtml,
      }),
    attachments: z.array(attachmentSchema).max(20).default([]).meta({
      title: 'Attachments',
      help: 'Files and texts that are sent along.',
      widget: 'rows',
    }),
    cc: addresses('Cc').meta({
      title: 'Cc',
      help: 'These get a copy, and all see that.',
      widget: 'template',
      advanced: true,
    }),
    bcc: addresses('Bcc').meta({
      title: 'Bcc',
      description: 'These get it without the others seeing that.',
      widget: 'template',
      advanced: true,
    }),
    replyTo: addresses('Reply to').meta({
      title: 'Reply to',
      help: 'Where answers go. Empty: to the sender.',
      widget: 'template',
      advanced: true,
    }),
    from: addresses('From').meta({
      title: 'From',
      description: 'Empty: the sender of the connection.',
      widget: 'template',
      advanced: true,
    }),
  }),
  subtitle: (config) => config.to,
  sample: { messageId: '<5f0c@example.com>', accepted: ['ada@example.com'], rejected: [] },
  effects: () => 'once',
  async run(context, config) {
    const mail = await mailOf(context, config);
    if (context.scope.run.mode === 'rehearsal') {
      const who = recipientsOf(mail).map(({ address }) => address);
      context.note?.(`Rehearsed: “${mail.subject}” was not sent to ${who.join(', ')}.`);
      return { messageId: '', accepted: who, rejected: [], rehearsed: true };
    }
    await refuseMadeUp(context);
    const sent = await context.service('mail', mail);
    if (sent.rejected.length > 0) {
      context.note?.(`The server refused ${sent.rejected.join(', ')}; all others were accepted.`);
    }
    return sent;
  },
});

type Settings = {
  connection: string;
  to: string;
  subject: string;
  format: 'text' | 'html';
  message: string;
  htmlValues: 'text' | 'html';
  attachments: Attachment[];
  cc: string;
  bcc: string;
  replyTo: string;
  from: string;
};

const recipientsOf = ({ to, cc, bcc }: Mail) => [...to, ...cc, ...bcc];

async function mailOf(context: NodeContext, config: Settings): Promise<Mail> {
  const list = async (title: string, text: string) =>
    mailboxesOf(title, await context.render(text));
  const [from] = await list('From', config.from);
  const asIs = config.format === 'text' || config.htmlValues === 'html';
  const message = asIs
    ? await context.render(config.message)
    : await renderHtml(config.message, context);
  const mail: Mail = {
    connection: config.connection,
    ...(from ? { from } : {}),
    to: await list('To', config.to),
    cc: await list('Cc', config.cc),
    bcc: await list('Bcc', config.bcc),
    replyTo: await list('Reply to', config.replyTo),
    subject: headerText(await context.render(config.subject)),
    text: config.format === 'text' ? message : textOfHtml(message),
    ...(config.format === 'html' ? { html: message } : {}),
    attachments: await attachmentsOf(context, config.attachments),
  };
  const count = recipientsOf(mail).length;
  if (mail.to.length === 0) throw new StepError('no_recipient', '“To” holds no email address.');
  if (count > maxRecipients) {
    throw new StepError(
      'too_many_recipients',
      `The email has ${count} recipients; at most ${maxRecipients} are allowed. Nothing was sent.`,
    );
  }
  return mail;
}

function mailboxesOf(title: string, text: string): Mailbox[] {
  const read = readAddresses(text);
  if (read.ok) return read.mailboxes;
  throw new StepError('invalid_address', `“${title}”: ${read.problem}. Nothing was sent.`);
}

function headerText(text: string): string {
  const subject = text.trim();
  if (!/[\p{Cc}\p{Zl}\p{Zp}]/u.test(subject)) return subject;
  throw new StepError('invalid_header', 'The subject may not have line breaks. Nothing was sent.');
}

async function attachmentsOf(
  context: NodeContext,
  rows: readonly Attachment[],
): Promise<Mail['attachments']> {
  const found: Mail['attachments'] = [];
  for (const row of rows) found.push(await attachmentOf(context, row));
  const size = found.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  if (size <= maxMailBytes) return found;
  const message = `The attachments are larger than ${maxMailBytes / 1_048_576} MB together. Nothing was sent.`;
  throw new StepError('too_large', message);
}

async function attachmentOf(
  context: NodeContext,
  { source, file = '', name, content }: Attachment,
): Promise<Mail['attachments'][number]> {
  if (source === 'file') {
    const reference = (await context.render(file)).trim();
    if (reference === '') throw new StepError('file_not_found', 'An attachment names no file.');
    return context.file(reference);
  }
  const called = headerText(await context.render(name)) || 'attachment.txt';
  const bytes = new TextEncoder().encode(await context.render(content));
  return { name: called, mediaType: mediaTypeOf(called), bytes };
}

const mediaTypes: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  htm: 'text/html',
  html: 'text/html',
  json: 'application/json',
  md: 'text/markdown',
};
const mediaTypeOf = (name: string) =>
  mediaTypes[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? 'text/plain';
