import { connection } from 'next/server';
import { DocsPage } from '@/components/docs/docs-page';
import { FirstSteps } from '@/components/docs/first-steps';
import { services } from '@/server/services';

export const metadata = { title: 'API: first steps' };

export default async function DocsApiPage() {
  await connection();
  return (
    <DocsPage
      title="API: first steps"
      lead="Everything you can do on screen, programs can do through the same API."
    >
      <FirstSteps url={services().config.url} />
    </DocsPage>
  );
}
