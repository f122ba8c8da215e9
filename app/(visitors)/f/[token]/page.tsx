import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { FormPage } from '@/components/forms/form-page';
import { VisitorNotice } from '@/components/forms/visitor-frame';
import { services } from '@/server/services';
import { showForm } from '@/server/triggers/forms/show-form';
import { openPage } from '@/server/triggers/links/open-page';

export const metadata = { title: 'Form', referrer: 'no-referrer', robots: { index: false } };

type Props = { params: Promise<{ token: string }> };

export default async function SharedFormPage({ params }: Props) {
  const { token } = await params;
  const asked = { method: 'GET', headers: await headers() };
  const opened = await openPage(token, () => showForm(services(), { params: { token } }, asked));
  if (opened.outcome === 'sign-in') redirect(`/sign-in?next=${encodeURIComponent(`/f/${token}`)}`);
  if (opened.outcome === 'foreign') {
    return (
      <VisitorNotice title="This form is for members">
        Only members of its workspace can fill it in. Ask whoever sent you the link.
      </VisitorNotice>
    );
  }
  if (opened.outcome === 'nothing') {
    return (
      <VisitorNotice title="There is no form here">
        The link was changed, or it is no longer shared. Ask whoever sent it for a new one.
      </VisitorNotice>
    );
  }
  return opened.found.open ? (
    <FormPage token={token} view={opened.found} />
  ) : (
    <VisitorNotice title={opened.found.title}>
      This form takes no answers at the moment.
    </VisitorNotice>
  );
}
