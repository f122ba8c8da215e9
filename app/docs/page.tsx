import { connection } from 'next/server';
import { DocsPage } from '@/components/docs/docs-page';
import { FirstSteps } from '@/components/docs/first-steps';
import { services } from '@/server/services';

export default async function DocsStartPage() {
  await connection();
  return (
    <DocsPage
      title="First steps"
      lead="Everything that the pages do, programs can do too: they ask the same addresses."
    >
      <FirstSteps url={services().config.url} />
    </DocsPage>
  );
}
