import { connection } from 'next/server';
import { DocsPage } from '@/components/docs/docs-page';
import { WebhookGuide } from '@/components/docs/webhook-guide';
import { services } from '@/server/services';

export const metadata = { title: 'Webhooks' };

export default async function DocsWebhooksPage() {
  await connection();
  return (
    <DocsPage
      title="Webhooks"
      lead="Another program sends a request to a URL, and each request starts a run of the live version."
    >
      <WebhookGuide url={services().config.url} />
    </DocsPage>
  );
}
