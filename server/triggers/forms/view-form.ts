import { AppError, isAppError } from '@/lib/api/errors';
import { formFields } from '@/lib/triggers/forms/answers';
import type { FormView } from '@/lib/triggers/forms/schema';
import { hashOf } from '@/server/idempotency/hash-of';
import { type LiveVersion, readLive } from '@/server/runs/starting/start-triggered';
import type { Services } from '@/server/services';
import type { Linked } from '../links/link-store';

export type Form = Extract<Linked, { kind: 'form' }>;

/** The version whose start step a form asks for; undefined while the form takes no answers. */
export async function liveOf(services: Services, form: Form): Promise<LiveVersion | undefined> {
  if (!form.enabled || !form.published) return undefined;
  return readLive(services, form).catch((error: unknown) => {
    // Unpublished, or in the trash, since the form was read.
    if (isAppError(error)) return undefined;
    throw error;
  });
}

/** What strangers see of a form. */
export function viewForm(form: Form, live: LiveVersion | undefined): FormView {
  const { title, description, button } = form.config;
  const fields = formFields(live?.fields ?? []);
  return {
    title: title || form.workflowName,
    description,
    button: button || 'Send',
    open: live !== undefined,
    fields,
    shape: hashOf(fields).slice(0, 32),
  };
}

/** For who fills in a form that is off by now, or whose workflow is not published. */
export const closed = () =>
  new AppError('conflict', 'This form takes no answers at the moment.', { reason: 'closed' });
