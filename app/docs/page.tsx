import { manualGroupsOf } from '@/components/docs/docs-groups';
import { DocsHome } from '@/components/docs/docs-home';
import { DocsPage } from '@/components/docs/docs-page';
import { manualPages } from '@/server/manual/manual';

export default function DocsHomePage() {
  return (
    <DocsPage
      title="Manual"
      lead="How to build, run and understand workflows together, by task. New here? Begin with your first workflow."
    >
      <DocsHome groups={manualGroupsOf(manualPages())} />
    </DocsPage>
  );
}
