import { hookWords } from '@/components/triggers/webhooks/hook-words';
import { CodeBlock } from '@/components/ui/display/code-block';
import { exampleCall } from '@/lib/triggers/example-call';
import { hookAuthKinds } from '@/lib/triggers/hook-auth';
import { listeningMinutes } from '@/lib/triggers/listening';
import { DocsSection } from './docs-page';
import { WithCode } from './with-code';

const requestExample = `{
  "method": "POST",
  "query": { "source": "shop" },
  "headers": { "content-type": "application/json", "x-github-event": "push" },
  "body": { "order": 7 },
  "files": []
}`;

const responseExample = `{
  "status": 201,
  "headers": { "Content-Type": "text/xml" },
  "body": "<Response><Message>Thank you</Message></Response>"
}`;

/** Webhooks as tasks: set one up, read the request, answer, find out what went wrong. */
export function WebhookGuide({ url }: { url: string }) {
  const address = `${url}/api/v2/hooks/…`;
  return (
    <>
      <DocsSection id="set-up" title="Set one up">
        <Text text="In the editor, open Triggers and choose Add webhook. Choose how requests are verified, create it, and give the sender the URL. Publish the workflow: webhooks start the live version." />
        <div className="overflow-x-auto rounded-lg border">
          <table className="w-full border-collapse text-sm" aria-label="Ways of verifying">
            <thead className="border-b text-left text-xs text-muted">
              <tr>
                {['Verified by', 'What is checked', 'In the sender'].map((title) => (
                  <th key={title} scope="col" className="px-3 py-2 font-medium">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y align-top">
              {hookAuthKinds.map((kind) => (
                <tr key={kind}>
                  <th scope="row" className="px-3 py-2 text-left font-medium">
                    {hookWords[kind].title}
                  </th>
                  <td className="px-3 py-2 text-muted">{hookWords[kind].hint}</td>
                  <td className="px-3 py-2 text-muted">{hookWords[kind].setUp}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <Text text="A signed time may be five minutes away from ours. A new secret leaves the old one valid for a day; another way of verifying does not." />
      </DocsSection>
      <DocsSection id="read" title="Read the request">
        <Text text="Fields of the body as inputs: each input of the Start step is filled by the field of its name, and inputs named `body`, `query` or `headers` get the whole of them. Without inputs, steps read `input.body`, `input.query` and `input.headers`." />
        <Text text="The whole request: steps read `input.request`, and nothing needs to be declared. Headers that hold secrets are left out." />
        <CodeBlock label="input.request" code={requestExample} />
        <Text text="JSON becomes a value, a form its fields, text and XML a text, in the charset that the sender names. Files of a form stand in `files` and, by their ID, in the field of their name, so they fill inputs of the type File; they are kept as long as runs. With the whole request, other bytes become one file, too. A body has at most 1 MiB, with files 8 MiB." />
      </DocsSection>
      <DocsSection id="answer" title="Respond">
        <Text text="Immediately: `202` with the run’s ID. With the result: `200` with status and output when the run ends within 30 seconds, else `202`. With its output as the response: the output may be an object of `status`, `headers` and `body`; anything else is sent as it is." />
        <CodeBlock label="Output as the response" code={responseExample} />
        <Text text="Statuses are 2xx, 4xx and 5xx, types those of text, headers those that begin with `X-` and a few more. Browsers run no script of such a response. A failed run answers `500`." />
      </DocsSection>
      <DocsSection id="test" title="Test it">
        <Text
          text={`Listen for a test request shows the next request within ${listeningMinutes} minutes, verified or not, and starts no run. Use it as the test, or write a body, and send it: that starts a run of the draft or of the live version. From a terminal:`}
        />
        <CodeBlock
          label="A request with a header"
          code={exampleCall(address, { kind: 'header', name: 'X-Token' }, '{"order":7}')}
        />
      </DocsSection>
      <DocsSection id="refused" title="When a request is rejected">
        <Text text="Recent requests in the webhook’s panel say why. The sender learns less: `401` for what is not verified, `404` for a webhook that is off and for a wrong secret URL, `405` for another method, `403` for a web page that is not allowed, `409` when nothing is published or a delivery’s ID was used with another body, `413` and `415` for a body that cannot be taken, `429` beyond the rate." />
        <Text text="A delivery that comes again starts no second run. It is told by `webhook-id`, `X-GitHub-Delivery`, `X-Shopify-Webhook-Id`, Stripe’s event ID, Slack’s event ID, or an `Idempotency-Key` that you send." />
      </DocsSection>
    </>
  );
}

const Text = ({ text }: { text: string }) => (
  <p className="max-w-[68ch] text-muted">
    <WithCode text={text} />
  </p>
);
