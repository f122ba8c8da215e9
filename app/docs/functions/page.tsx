import { DocsPage, DocsSection } from '@/components/docs/docs-page';
import { FunctionReference } from '@/components/docs/function-reference';
import { functionGroups } from '@/lib/expressions/functions/functions';
import { macros } from '@/lib/expressions/macros';

export const metadata = { title: 'Functions' };

export default function DocsFunctionsPage() {
  const groups = [{ title: 'Loops and conditions', functions: macros }, ...functionGroups];
  return (
    <DocsPage
      title="Functions"
      lead="Functions for expressions and {{ … }} in texts. You can write a function before its first value or after it: upper(name) is name.upper()."
    >
      {groups.map(({ title, functions }) => (
        <DocsSection key={title} id={title.toLowerCase().replaceAll(' ', '-')} title={title}>
          <FunctionReference functions={functions} />
        </DocsSection>
      ))}
    </DocsPage>
  );
}
