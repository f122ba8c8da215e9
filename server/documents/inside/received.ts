import PostalMime, { type Address } from 'postal-mime';
import { type ParsedMail, receivedLimits } from '@/lib/mail/received';
import { cleanFileName } from '@/lib/names/name-problem';
import { textOfHtml } from '@/lib/nodes/services/render-html';
import { cleanText } from '@/lib/runs/values/clean';

const { attachments: maxAttachments, characters, people: maxPeople } = receivedLimits;

/** An email taken apart. `cut`: its end is missing, so that the last of its files may be half a file: none is given. */
export async function readReceived(bytes: Uint8Array, cut: boolean): Promise<ParsedMail> {
  const mail = await PostalMime.parse(bytes, {
    ...{ attachmentEncoding: 'base64', forceRfc822Attachments: true },
    ...{ maxNestingDepth: 50, maxHeadersSize: 1_048_576 },
  });
  const text = mail.text ?? textOfHtml((mail.html ?? '').slice(0, characters * 4));
  const html = mail.html ?? '';
  // Pictures within the text are part of it, and no files of their own.
  const files = cut ? [] : mail.attachments.filter(({ related }) => related !== true);
  const lists = [mail.replyTo, mail.to, mail.cc].map(mailboxesOf);
  const [replyTo = [], to = [], cc = []] = lists.map((list) => list.slice(0, maxPeople));
  const tooMuch =
    files.length > maxAttachments ||
    text.length > characters ||
    html.length > characters ||
    lists.some((list) => list.length > maxPeople);
  return {
    from: mailboxesOf(mail.from && [mail.from])[0] ?? null,
    ...{ replyTo, to, cc },
    subject: oneLine(mail.subject),
    messageId: oneLine(mail.messageId),
    text: cleanText(text.trim().slice(0, characters)),
    html: cleanText(html.slice(0, characters)),
    attachments: files.slice(0, maxAttachments).map(({ filename, mimeType, content }, index) => ({
      name: cleanFileName(filename ?? nameFor(mimeType, index)).slice(0, 200),
      mediaType: mediaTypeOf(mimeType),
      content: typeof content === 'string' ? content : '',
    })),
    incomplete: cut || tooMuch,
  };
}

function mailboxesOf(list: readonly Address[] | undefined) {
  return (list ?? [])
    .flatMap((one) => one.group ?? [one])
    .map(({ name, address = '' }) => ({ name: oneLine(name), address: oneLine(address) }));
}

/** Nothing of a header may begin a line of its own elsewhere. */
const oneLine = (text = ''): string =>
  cleanText(text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '))
    .trim()
    .slice(0, receivedLimits.subject);

const mediaTypeOf = (said: string): string =>
  /^[a-z]+\/[a-z0-9.+-]{1,80}$/.exec(said)?.[0] ?? 'application/octet-stream';

function nameFor(mimeType: string, index: number): string {
  const ending =
    mimeType === 'message/rfc822'
      ? 'eml'
      : (/^[a-z]+\/(?:x-)?([a-z0-9]{1,10})$/.exec(mimeType)?.[1] ?? 'bin');
  return `attachment-${index + 1}.${ending}`;
}
