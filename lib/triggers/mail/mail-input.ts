import type { MailMessage } from '@/lib/mail/received';
import type { InputField } from '@/lib/nodes/forms/run-input';
import { isTextInput } from '../chat-input';

type Field = Pick<InputField, 'name' | 'type' | 'required' | 'default'>;
type Fill = (mail: MailMessage) => unknown;

const parts: Readonly<Record<string, Fill>> = {
  id: (mail) => mail.id,
  from: (mail) => mail.from,
  sender: (mail) => mail.from,
  fromName: (mail) => mail.fromName,
  replyTo: (mail) => mail.replyTo,
  to: (mail) => mail.to,
  cc: (mail) => mail.cc,
  subject: (mail) => mail.subject,
  text: (mail) => mail.text,
  body: (mail) => mail.text,
  html: (mail) => mail.html,
  receivedAt: (mail) => mail.receivedAt,
  messageId: (mail) => mail.messageId,
  attachments: (mail) => mail.attachments,
};

/**
 * A run's input for an email. Without declared inputs it is `message`, the whole email. Else inputs get the part of their
 * name, those of the type File the attachments in their order, a list or object the whole, and the only other text
 * the text. `problem` is a sentence for people.
 */
export function mailInput(
  fields: readonly Field[],
): { fill(mail: MailMessage): Record<string, unknown> } | { problem: string } {
  if (fields.length === 0) return { fill: (mail) => ({ message: mail }) };
  const files = fields.filter(({ type }) => type === 'file').map(({ name }) => name);
  const texts = fields.filter((field) => isTextInput(field) && !Object.hasOwn(parts, field.name));
  const fillOf = (field: Field): Fill | undefined => {
    const place = files.indexOf(field.name);
    if (place >= 0) return (mail) => mail.attachments[place]?.id;
    const part = Object.hasOwn(parts, field.name) ? parts[field.name] : undefined;
    if (part) return isTextInput(field) ? (mail) => asText(part(mail)) : part;
    if (field.type === 'json') return (mail) => mail;
    if (field.type === 'email') return (mail) => mail.from;
    return texts.length === 1 && isTextInput(field) ? (mail) => mail.text : undefined;
  };
  const fills = fields.map((field) => ({ field, fill: fillOf(field) }));
  const left = fills.find(
    ({ field, fill }) => fill === undefined && field.required && field.default === '',
  );
  if (left) {
    return {
      problem: `The input “${left.field.name}” is required, but an email cannot fill it in. Name inputs as parts of an email: from, subject, text.`,
    };
  }
  return {
    fill: (mail) =>
      Object.fromEntries(
        fills.flatMap(({ field, fill }) => {
          const value = fill?.(mail);
          return value === undefined || value === '' ? [] : [[field.name, value]];
        }),
      ),
  };
}

const asText = (value: unknown): unknown => {
  if (!Array.isArray(value)) return value;
  return value
    .map((one: unknown) => (typeof one === 'string' ? one : JSON.stringify(one)))
    .join(', ');
};
