import type { InputOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { showSubmission as contract } from '@/lib/triggers/forms/contract';
import { type Submission, waitsForRun } from '@/lib/triggers/forms/schema';
import type { Services } from '@/server/services';
import { admitVisitor } from '../links/admit-visitor';
import { openLink } from '../links/open-link';
import { formResult } from './form-result';
import { findSubmission } from './submission-store';
import { submissionKey } from './submit-form';

/**
 * How a submission stands, for who knows its key: as much as the form's settings show, and of a failure that it was one.
 * Throws `not_found`, and as `admitVisitor`.
 */
export async function showSubmission(
  services: Services,
  { params }: Pick<InputOf<typeof contract>, 'params'>,
  request: Pick<Request, 'headers' | 'method'>,
): Promise<Submission> {
  const form = await openLink(services, 'form', params.token);
  await admitVisitor(services, form, form.config.who, request);
  const key = submissionKey(form, params.submission);
  const run = await findSubmission(services.pool, form.workspaceId, key);
  if (run === undefined) throw new AppError('not_found', 'Nothing was sent under this key.');
  const reference = run.id.slice(0, 8);
  if (waitsForRun(form.config) && !run.ended) {
    const state = run.status === 'waiting' ? 'waiting' : 'working';
    return { state, reference, result: null };
  }
  if (waitsForRun(form.config) && run.status !== 'succeeded') {
    return { state: 'failed', reference, result: null };
  }
  return { state: 'done', reference, result: await formResult(services, form, run) };
}
