import PostalMime from 'postal-mime';
import type { ReadDocument } from '@/lib/files/documents/schema';
import { textOfHtml } from '@/lib/nodes/services/render-html';

/** An e-mail: who wrote what to whom, its text, and the names of what came with it. */
export async function readMail(bytes: Uint8Array): Promise<ReadDocument> {
  const mail = await PostalMime.parse(bytes);
  const people = (list: typeof mail.to) =>
    (list ?? []).map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', ');
  const heads: [string, string | undefined][] = [
    ['From', mail.from ? people([mail.from]) : undefined],
    ['To', people(mail.to)],
    ['Cc', people(mail.cc)],
    ['Date', mail.date],
    ['Subject', mail.subject],
    ['Attachments', mail.attachments.map(({ filename }) => filename ?? 'unnamed').join(', ')],
  ];
  const head = heads.flatMap(([name, value]) => (value ? [`${name}: ${value}`] : [])).join('\n');
  const text = mail.text ?? textOfHtml(mail.html ?? '');
  return { kind: 'document', pages: [`${head}\n\n${text.trim()}`.trim()] };
}
