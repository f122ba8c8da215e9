import { createHash } from 'node:crypto';
import { isAppError } from '@/lib/api/errors';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { type OpenServer, openServer } from '@/server/connections/open-connection';
import { type OpenFolder, withMailbox } from '@/server/mail/imap/open-mailbox';
import { readMail } from '@/server/mail/imap/read-mail';
import { type LiveVersion, readLive } from '@/server/runs/starting/start-triggered';
import type { Services } from '@/server/services';
import { forgetDeliveries } from '../deliveries';
import {
  type Cursor,
  endLook,
  failLook,
  isOurs,
  type MailResult,
  moveCursor,
  type TakenMailbox,
} from './mailbox-store';
import { runOfMail, startMail } from './start-mail';

type Needs = Pick<
  Services,
  'pool' | 'engine' | 'bus' | 'log' | 'vault' | 'egress' | 'documents' | 'config'
>;
/** Told after each run that began, before anything else is done; for tests that stop there. */
type Hooks = { started?(runId: string): Promise<void> };

/** Emails of one look; what is left is looked at again at once. */
const maxEmails = 25;
const firstPauseMs = 30_000;
const longestPauseMs = 5 * 60_000;

/**
 * Starts a run for each email that came since the last look, oldest first. The run is started under a key of the email's
 * number, then the cursor moves on: whoever dies between the two leaves the email to the next look, which finds the same
 * run. What came before the first look starts nothing. Never throws: what went wrong is kept with the trigger.
 */
export async function lookAtMailbox(
  services: Needs,
  taken: TakenMailbox,
  signal: AbortSignal,
  hooks: Hooks = {},
): Promise<void> {
  const { pool, bus, log } = services;
  const { triggerId, workspaceId, workflowId, userId, config } = taken;
  let server: OpenServer<'imap'> | undefined;
  try {
    // The first look starts nothing.
    const live = taken.mailbox === '' ? undefined : await readLive(services, taken);
    const place = { workspaceId, workflowId, userId, name: config.connection };
    server = await openServer(services, place, ['imap']);
    const mailbox = mailboxOf(server, config.folder);
    const how = { folder: config.folder, change: config.after !== 'leave', signal };
    const left = await withMailbox(services.egress, server, how, (folder) =>
      startNew(services, { taken, mailbox, live, folder, signal, hooks }),
    );
    await endLook(pool, taken, left ? 0 : config.everyMinutes * 60_000);
    await forgetDeliveries(pool, triggerId);
  } catch (error) {
    if (signal.aborted || error === overtaken) return;
    const known = StepError.isInstance(error) || isAppError(error);
    if (!known) log.error({ err: error, trigger: triggerId }, 'a mailbox could not be looked at');
    const message = known ? error.message : 'It could not be read. It will be tried again.';
    const pause = Math.min(firstPauseMs * 2 ** taken.failures, longestPauseMs);
    await failLook(pool, taken, server?.redact.text(message) ?? message, pause).catch(
      (again: unknown) => log.warn({ err: again, trigger: triggerId }, 'it could not be noted'),
    );
  }
  bus.publish(`workspace:${workspaceId}`, { kind: 'trigger', id: triggerId });
}

/** Somebody else has the mailbox now, or its trigger was changed. */
const overtaken = new Error('another process looks at this mailbox');

type Look = {
  taken: TakenMailbox;
  mailbox: string;
  live: LiveVersion | undefined;
  folder: OpenFolder;
  signal: AbortSignal;
  hooks: Hooks;
};

/** Whether there is more to start. */
async function startNew(services: Needs, look: Look): Promise<boolean> {
  const { taken, mailbox, folder } = look;
  const { validity, next } = folder;
  const { from, subject } = taken.config;
  const search = { from, subject, words: '', unreadOnly: false };
  const last = Math.max(0, next - 1);
  if (taken.mailbox !== mailbox || look.live === undefined) {
    await move(services, look, { uid: last, receivedAt: new Date() });
    return false;
  }
  let uids: number[];
  if (taken.validity === validity) {
    uids = await folder.search(search, taken.uid);
  } else {
    const later = new Set(await folder.receivedAfter(taken.receivedAt?.getTime() ?? Date.now()));
    uids = (await folder.search(search)).filter((uid) => later.has(uid));
    const note =
      'The server numbered the emails of this folder anew. Those that it received after the last one start runs.';
    const before = (uids[0] ?? next) - 1;
    const cursor = { uid: Math.max(0, before), receivedAt: taken.receivedAt };
    await move(services, look, cursor, { outcome: 'skipped', note });
  }
  for (const uid of uids.slice(0, maxEmails)) await startOne(services, look, look.live, uid);
  if (uids.length > maxEmails) return true;
  // Those that do not fit are passed over as well.
  await move(services, look, { uid: Math.max(last, uids.at(-1) ?? 0), receivedAt: null });
  return false;
}

async function startOne(
  services: Needs,
  look: Look,
  live: LiveVersion,
  uid: number,
): Promise<void> {
  const { taken, mailbox, folder, signal, hooks } = look;
  if (!(await isOurs(services.pool, taken))) throw overtaken;
  const { triggerId, workspaceId, config } = taken;
  const place = { triggerId, workspaceId, mailbox, validity: folder.validity };
  const known = await runOfMail(services, place, uid);
  const raw = await folder.fetch(uid);
  const receivedAt = raw === undefined ? null : new Date(raw.receivedAt);
  let result: MailResult | undefined;
  if (known !== undefined) result = { outcome: 'started', runId: known, note: '' };
  else if (raw !== undefined) {
    const mail = await readMail(services, raw, { workspaceId, files: config.files, signal });
    result = await startMail(services, live, place, mail);
  }
  if (result?.runId !== undefined) await hooks.started?.(result.runId);
  if (raw !== undefined && result?.outcome === 'started') {
    if (config.after === 'mark-read') await folder.markRead([uid]);
    if (config.after === 'move') await folder.move([uid], config.moveTo);
  }
  await move(services, look, { uid, receivedAt }, result);
}

async function move(
  { pool }: Needs,
  { taken, mailbox, folder: { validity } }: Look,
  { uid, receivedAt }: Pick<Cursor, 'uid' | 'receivedAt'>,
  result?: MailResult,
): Promise<void> {
  const cursor = { mailbox, validity, uid, receivedAt };
  if (!(await moveCursor(pool, taken, cursor, result))) throw overtaken;
}

/** Which mailbox and folder it is, whatever its connection is called. */
function mailboxOf({ config }: OpenServer<'imap'>, folder: string): string {
  const { host, port, userName } = config;
  return createHash('sha256')
    .update(JSON.stringify([host, port, userName, folder]))
    .digest('hex')
    .slice(0, 24);
}
