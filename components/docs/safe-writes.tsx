import { CodeBlock } from '@/components/ui/code-block';
import { DocsSection } from './docs-page';
import { WithCode } from './with-code';

const again = (url: string) => `KEY=$(uuidgen)   # one for each thing that you want done

curl -i ${url}/api/v2/workflows/$ID/runs -H "Authorization: Bearer $ENSEMBLE_KEY" \\
  -H "Idempotency-Key: $KEY" -H "Content-Type: application/json" -d '{"input":{"name":"Ada"}}'
# HTTP/1.1 202 Accepted
# {"id":"019a…","status":"queued"}

# No answer came? Send the same again: there is still one run.
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

# The same once more, or after somebody else's change:
# HTTP/1.1 409 Conflict
# {"error":{"code":"conflict","message":"The draft was changed since: its number is 13 now. …",
#   "details":{"draftNumber":13}}}`;

/** How a program asks twice without doing twice, and how it changes only what it has read. */
export function SafeWrites({ url }: { url: string }) {
  return (
    <>
      <DocsSection id="idempotency-key" title="Sending a request again">
        <p className="max-w-[68ch] text-muted">
          <WithCode text="When the connection breaks, nobody knows whether a request was done. Every `POST` of a signed-in caller takes an `Idempotency-Key`, 1 to 200 characters of your choice: within a week the same request under the same key is done once, and its answer comes again. Another request under that key is refused with 409 `idempotency_mismatch`. While the first is still under way the answer is 409 `conflict`: ask again a little later. A request that was refused does not use its key up." />
        </p>
        <CodeBlock label="The same run, twice asked for" code={again(url)} />
      </DocsSection>
      <DocsSection id="if-match" title="Changing what others change too">
        <p className="max-w-[68ch] text-muted">
          <WithCode text="A draft has a number that grows with each change. `GET /workflows/{id}` gives it as `ETag`, and so do the writes. Send it as `If-Match` with `PUT /workflows/{id}` or `POST /workflows/{id}/edits`, and only the draft that you read is changed: where somebody was faster, nothing is written and the answer is 409 with the number of now. Read the draft again, make your change on it, and send it with that number. Without `If-Match` the last writer wins, as a whole." />
        </p>
        <CodeBlock label="A change of draft 12 and no other" code={conditional(url)} />
      </DocsSection>
    </>
  );
}
