import type { InputOf } from '@/lib/api/define-route';
import type { showForm as contract } from '@/lib/triggers/forms/contract';
import type { FormView } from '@/lib/triggers/forms/schema';
import type { Services } from '@/server/services';
import { admitVisitor } from '../links/admit-visitor';
import { openLink } from '../links/open-link';
import { liveOf, viewForm } from './view-form';

type Asked = Pick<Request, 'headers' | 'method'>;

/** A form as its link shows it. Throws `not_found`, and as {@link admitVisitor}. */
export async function showForm(
  services: Services,
  { params }: Pick<InputOf<typeof contract>, 'params'>,
  request: Asked,
): Promise<FormView> {
  const form = await openLink(services, 'form', params.token);
  await admitVisitor(services, form, form.config.who, request);
  return viewForm(form, await liveOf(services, form));
}

/** The same for a frame on another site's page; `not_found` where the form may not stand in one. */
export async function showEmbeddedForm(
  services: Services,
  token: string,
  request: Asked,
): Promise<FormView | undefined> {
  const form = await openLink(services, 'form', token);
  // A member's cookie is not sent into the frame of another site, and must not be of use there.
  if (!form.config.embed || form.config.who !== 'anyone') return undefined;
  return showForm(services, { params: { token } }, request);
}
