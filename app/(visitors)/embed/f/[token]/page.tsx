import { headers } from 'next/headers';
import { FormPage } from '@/components/forms/form-page';
import { VisitorNotice } from '@/components/forms/visitor-frame';
import { services } from '@/server/services';
import { showEmbeddedForm } from '@/server/triggers/forms/show-form';
import { openPage } from '@/server/triggers/links/open-page';

export const metadata = { title: 'Form', referrer: 'no-referrer', robots: { index: false } };

type Props = { params: Promise<{ token: string }> };

/** A form inside a page of another site, where its settings allow that. */
export default async function EmbeddedFormPage({ params }: Props) {
  const { token } = await params;
  const asked = { method: 'GET', headers: await headers() };
  const opened = await openPage(token, () => showEmbeddedForm(services(), token, asked));
  const view = opened.outcome === 'found' ? opened.found : undefined;
  if (view === undefined) {
    return <VisitorNotice title="This form cannot be shown here">Open its own page.</VisitorNotice>;
  }
  return view.open ? (
    <FormPage embedded token={token} view={view} />
  ) : (
    <VisitorNotice title={view.title}>This form takes no answers at the moment.</VisitorNotice>
  );
}
