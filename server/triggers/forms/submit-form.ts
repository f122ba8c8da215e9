import type { InputOf } from '@/lib/api/define-route';
import { AppError, isAppError } from '@/lib/api/errors';
import type { submitForm as contract } from '@/lib/triggers/forms/contract';
import { maxFormBytes } from '@/lib/triggers/forms/schema';
import { keepSentFiles } from '@/server/files/keep-sent-files';
import type { UnreadBody } from '@/server/http/handle';
import { createPlaces } from '@/server/http/places';
import { respondJson } from '@/server/http/respond';
import { earlierRun } from '@/server/runs/starting/earlier-run';
import type { Services } from '@/server/services';
import { noteDelivery } from '../deliveries';
import { admitVisitor, takeFromLink } from '../links/admit-visitor';
import { openLink } from '../links/open-link';
import { inputOf, readSubmission, type Sent, wantedFiles } from './read-submission';
import { closed, type Form, liveOf, viewForm } from './view-form';

/** Room for the other parts of a form beside its files. */
const maxBody = maxFormBytes + 1_048_576;
/** Whoever sends more slowly than this holds a place that others wait for. */
const patienceMs = 60_000;
const inTurn = createPlaces({ atOnce: 8, perSender: 4, waiting: 40 });

/**
 * Starts a run by a form that somebody sent. Who may send and how much is taken is known before anything of the body is
 * read. The same submission again is the same run, whatever has changed since. Throws `not_found` for a link that is none,
 * as `admitVisitor` and `takeFromLink`, and where the page can help `conflict` or `invalid_input` with a `reason`.
 */
export async function submitForm(
  services: Services,
  { params }: Pick<InputOf<typeof contract>, 'params'>,
  body: UnreadBody,
  request: Request,
): Promise<Response> {
  const form = await openLink(services, 'form', params.token);
  const visitor = await admitVisitor(services, form, form.config.who, request);
  await takeFromLink(services, form, request);
  const sent = await inTurn(form.id, async () =>
    readSubmission(request.headers, await inTime(body.read(maxBody))),
  );
  try {
    const run = await start(services, form, sent, visitor?.userId);
    if (run.created) {
      await noteDelivery(services, form.id, { outcome: 'started', runId: run.id });
      services.bus.publish(`workspace:${form.workspaceId}`, { kind: 'trigger', id: form.id });
    }
  } catch (error) {
    if (isAppError(error)) {
      await noteDelivery(services, form.id, { outcome: 'failed', note: error.message });
    }
    throw error;
  }
  return respondJson({ submission: sent.key }, 202);
}

/** The name of a submission among a workspace's runs. */
export const submissionKey = (form: Pick<Form, 'id'>, key: string) => `trigger:${form.id}:${key}`;

async function start(services: Services, form: Form, sent: Sent, userId: string | undefined) {
  const once = { key: submissionKey(form, sent.key), requestHash: sent.hash };
  const earlier = await earlierRun(services, form, once.key, once.requestHash).catch(alreadySent);
  // Before all else: what was taken is taken, though the form is closed or asks for something else by now.
  if (earlier) return { ...earlier, created: false };
  const live = await liveOf(services, form);
  if (live === undefined) throw closed();
  const view = viewForm(form, live);
  if (view.shape !== sent.shape) {
    const message = 'This form was changed while you filled it in.';
    throw new AppError('conflict', message, { reason: 'changed' });
  }
  const input = live.checked(inputOf(view, sent));
  const files = wantedFiles(input, sent.files);
  await keepSentFiles(services, form.workspaceId, files, { triggerId: form.id });
  return live
    .start({
      trigger: 'form',
      input,
      once,
      ...(userId === undefined ? {} : { startedBy: userId }),
    })
    .catch(alreadySent);
}

function alreadySent(error: unknown): never {
  if (!isAppError(error) || error.code !== 'idempotency_mismatch') throw error;
  const message = 'Your first answers had arrived already. What you changed since was not sent.';
  throw new AppError('conflict', message, { reason: 'sent' });
}

async function inTime(reading: Promise<Uint8Array>): Promise<Uint8Array> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AppError('malformed_body', 'The form took too long to arrive.')),
      patienceMs,
    );
  });
  return Promise.race([reading, late]).finally(() => clearTimeout(timer));
}
