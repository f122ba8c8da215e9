import { CodeBlock } from '@/components/ui/display/code-block';
import { workflowExample } from '@/lib/api/examples';
import { DocsSection } from './docs-page';
import { ErrorTable } from './error-table';
import { SafeWrites } from './safe-writes';
import { WithCode } from './with-code';

const walk = (url: string) => `export ENSEMBLE_KEY=ens_…   # Settings → API keys

curl ${url}/api/v2/workflows -H "Authorization: Bearer $ENSEMBLE_KEY" \\
  -H "Content-Type: application/yaml" --data-binary @hello.yaml
# {"id":"…","name":"Hello","problems":[]}

curl -X POST ${url}/api/v2/workflows/$ID/publish -H "Authorization: Bearer $ENSEMBLE_KEY"
# {"version":1}

curl ${url}/api/v2/workflows/$ID/runs -H "Authorization: Bearer $ENSEMBLE_KEY" \\
  -H "Content-Type: application/json" -d '{"input":{"name":"Ada"}}'
# {"id":"…","status":"queued"}

curl ${url}/api/v2/runs/$RUN -H "Authorization: Bearer $ENSEMBLE_KEY"`;

/** From nothing to a finished run, and what holds for every call. */
export function FirstSteps({ url }: { url: string }) {
  return (
    <>
      <DocsSection id="run" title="From a file to a finished run">
        <p className="text-muted">
          A workflow is a list of nodes and the edges between them. Save this one as hello.yaml:
        </p>
        <CodeBlock label="hello.yaml" code={workflowExample} />
        <p className="text-muted">Then create it, publish it, run it, and read the result:</p>
        <CodeBlock label="Commands" code={walk(url)} />
      </DocsSection>
      <DocsSection id="sign-in" title="Authentication">
        <p className="max-w-[68ch] text-muted">
          <WithCode text="Programs send an API key as `Authorization: Bearer ens_…`. It acts as the person who created it, in one workspace. Browsers send the cookie set by `POST /api/auth/sign-in/email`; people with several workspaces choose one with the `x-workspace` header (id or slug)." />
        </p>
      </DocsSection>
      <DocsSection id="lists" title="Lists">
        <p className="max-w-[68ch] text-muted">
          <WithCode text="A list returns `items` and, if there are more, `nextCursor`: send it as `cursor` to get the next page. `limit` is 50 by default and at most 200." />
        </p>
      </DocsSection>
      <SafeWrites url={url} />
      <DocsSection id="errors" title="Errors">
        <p className="max-w-[68ch] text-muted">
          <WithCode text='Every error is `{"error":{"code","message","details"}}`. `details.issues` names each wrong field by its path. If a retry makes sense, `Retry-After` says when.' />
        </p>
        <ErrorTable />
      </DocsSection>
    </>
  );
}
