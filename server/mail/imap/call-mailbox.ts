import type { MailboxAnswer, MailboxCall } from '@/lib/mail/mailbox';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { OpenServer } from '@/server/connections/open-connection';
import type { Services } from '@/server/services';
import { type RawMail, withMailbox } from './open-mailbox';
import { readMail } from './read-mail';

/** Of all messages of one call, in bytes: what is left stays for the next one. */
const maxBytes = 50 * 1_048_576;

type Place = { workspaceId: string; signal: AbortSignal };

/** Does what a step asks of a mailbox. Throws as `withMailbox`. */
export async function callMailbox(
  services: Pick<Services, 'egress' | 'documents'>,
  server: OpenServer<'imap'>,
  call: MailboxCall,
  place: Place,
): Promise<MailboxAnswer> {
  return call.do === 'read'
    ? read(services, server, call, place)
    : finish(services, server, call, place);
}

async function read(
  services: Pick<Services, 'egress' | 'documents'>,
  server: OpenServer<'imap'>,
  call: Extract<MailboxCall, { do: 'read' }>,
  { workspaceId, signal }: Place,
): Promise<MailboxAnswer> {
  const how = { folder: call.folder, change: false, signal };
  const { raws, validity, more } = await withMailbox(services.egress, server, how, async (box) => {
    const found = await box.search(call.search);
    if (call.newestFirst) found.reverse();
    const some: RawMail[] = [];
    let size = 0;
    for (const uid of found.slice(0, call.limit)) {
      const raw = await box.fetch(uid);
      if (raw === undefined) continue;
      size += raw.bytes.byteLength;
      if (size > maxBytes && some.length > 0) break;
      some.push(raw);
    }
    return { raws: some, validity: box.validity, more: Math.max(0, found.length - some.length) };
  });
  const messages = [];
  for (const raw of raws) {
    messages.push(await readMail(services, raw, { workspaceId, files: call.files, signal }));
  }
  return { validity, messages, more };
}

async function finish(
  { egress }: Pick<Services, 'egress'>,
  server: OpenServer<'imap'>,
  { folder, validity, uids, moveTo }: Extract<MailboxCall, { do: 'finish' }>,
  { signal }: Place,
): Promise<MailboxAnswer> {
  await withMailbox(egress, server, { folder, change: true, signal }, async (box) => {
    if (box.validity !== validity) {
      throw new StepError(
        'mail_renumbered',
        `The server numbered the messages of “${folder}” anew after they were read, so none was changed.`,
      );
    }
    if (moveTo === undefined) await box.markRead(uids);
    else await box.move(uids, moveTo);
  });
  return { validity, messages: [], more: 0 };
}
