import { createHash } from 'node:crypto';
import { errorTable, isAppError } from '@/lib/api/errors';
import { mailMessage, type ReceivedMail } from '@/lib/mail/received';
import { mailInput } from '@/lib/triggers/mail/mail-input';
import { uuidOf } from '@/server/db/uuid-of';
import { keepSentFiles } from '@/server/files/keep-sent-files';
import { earlierRun } from '@/server/runs/starting/earlier-run';
import type { LiveVersion } from '@/server/runs/starting/start-triggered';
import type { Services } from '@/server/services';
import type { MailResult, TakenMailbox } from './mailbox-store';

type Needs = Pick<Services, 'pool' | 'config'>;
type Place = Pick<TakenMailbox, 'triggerId' | 'workspaceId'> & {
  mailbox: string;
  validity: string;
};

/** Names an email for ever: the mailbox, the numbering of its folder, and its number. */
const keyOf = ({ triggerId, mailbox, validity }: Place, uid: number) =>
  `trigger:${triggerId}:mail:${mailbox}:${validity}:${uid}`;

/** The run that an email has started already. */
export async function runOfMail(
  { pool }: Pick<Services, 'pool'>,
  place: Place,
  uid: number,
): Promise<string | undefined> {
  const key = keyOf(place, uid);
  return (await earlierRun({ pool }, place, key, key))?.id;
}

/**
 * Starts the run of an email, once however often it is asked for. Its files are kept under ids that follow from the email,
 * so that another try replaces them. What cannot succeed later is told in the result.
 */
export async function startMail(
  services: Needs,
  live: LiveVersion,
  place: Place,
  mail: ReceivedMail,
): Promise<MailResult> {
  const { triggerId, workspaceId } = place;
  const key = keyOf(place, mail.uid);
  const files = mail.files.map(({ name, mediaType, bytes }, index) => ({
    ...{ id: uuidOf(JSON.stringify([key, index])), name, mediaType, bytes },
    ...{ size: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') },
  }));
  const attachments = files.map(({ id, name, mediaType, size }) => ({ id, name, mediaType, size }));
  const filler = mailInput(live.fields);
  const about = `“${mail.subject || 'no subject'}” from ${mail.from?.address ?? 'an unknown sender'}`;
  if ('problem' in filler) return { outcome: 'failed', note: `${about}: ${filler.problem}` };
  try {
    const input = live.checked(filler.fill(mailMessage(place.validity, mail, attachments)));
    await keepSentFiles(services, workspaceId, files, { triggerId });
    const { id } = await live.start({ trigger: 'mail', input, once: { key, requestHash: key } });
    return { outcome: 'started', runId: id, note: about };
  } catch (error) {
    if (!isAppError(error) || errorTable[error.code].retryable) throw error;
    return { outcome: 'failed', note: `${about}: ${error.message}` };
  }
}
