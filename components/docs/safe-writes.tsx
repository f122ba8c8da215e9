import { CodeBlock } from '@/components/ui/display/code-block';
import { DocsSection } from './docs-page';
import { WithCode } from './with-code';

const again = (url: string) => `KEY=$(uuidgen)   # one per action

curl -i ${url}/api/v2/workflows/$ID/runs -H "Authorization: Bearer $ENSEMBLE_KEY" \\
  -H "Idempotency-Key: $KEY" -H "Content-Type: application/json" -d '{"input":{"name":"Ada"}}'
# HTTP/1.1 202 Accepted
# {"id":"019a…","status":"queued"}

# No response? Send the same request again: there is still only one run.
curl -i ${url}/api/v2/workflows/$ID/runs -H "Authorization: Bearer $ENSEMBLE_KEY" \\
  -H "Idempotency-Key: $KEY" -H "Content-Type: application/json" -d '{"input":{"name":"Ada"}}'
# {"id":"019a…","status":"running"}`;

const conditional = (
  url: string,
) => `curl -i ${url}/api/v2/workflows/$ID -H "Authorization: Bearer $ENSEMBLE_KEY"
# HTTP/1.1 200 OK
# ETag: "12"

curl -i -X POST ${url}/api/v2/workflows/$ID/edits -H "Authorization: Bearer $ENSEMBLE_KEY" \\
  -H 'If-Match: "12"' -H "Content-Type: application/json" \\
  -d '{"edits":[{"edit":"setMeta","name":"Hello, all"}]}'
# HTTP/1.1 200 OK
# ETag: "13"

# The same once more, or after someone else's change:
# HTTP/1.1 409 Conflict
# {"error":{"code":"conflict","message":"The draft was changed: its number is now 13. …",
#   "details":{"draftNumber":13}}}`;

/** How a program asks twice without doing twice, and how it changes only what it has read. */
export function SafeWrites({ url }: { url: string }) {
  return (
    <>
      <DocsSection id="idempotency-key" title="Retrying a request">
        <p className="max-w-[68ch] text-muted">
          <WithCode text="If the connection breaks, you cannot know whether a request was processed. Every `POST` of a signed-in caller accepts an `Idempotency-Key`, 1 to 200 characters of your choice: within a week, the same request with the same key is processed once and returns the same response. A different request with that key fails with 409 `idempotency_mismatch`. While the first one is still running, the response is 409 `conflict`: try again later. A request that failed does not use up its key." />
        </p>
        <CodeBlock label="One run, requested twice" code={again(url)} />
      </DocsSection>
      <DocsSection id="if-match" title="Avoiding overwrites">
        <p className="max-w-[68ch] text-muted">
          <WithCode text="A draft has a number that grows with each change. `GET /workflows/{id}` and all writes return it as `ETag`. Send it as `If-Match` with `PUT /workflows/{id}` or `POST /workflows/{id}/edits` to change only the draft you read: if someone else was faster, nothing is written and the response is 409 with the current number. Read the draft again, redo your change and send it with that number. Without `If-Match`, the last writer wins." />
        </p>
        <CodeBlock label="Change draft 12 only" code={conditional(url)} />
      </DocsSection>
    </>
  );
}
