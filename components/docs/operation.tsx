import { Badge, type BadgeTone } from '@/components/ui/display/badge';
import { CodeBlock } from '@/components/ui/display/code-block';
import { curlOf } from '@/lib/api/curl';
import type { Contract, Method } from '@/lib/api/define-route';
import { bodyExamples } from '@/lib/api/examples';
import { accessOf, headersOf, takesBody } from '@/lib/api/openapi';
import { DocsSection } from './docs-page';
import { FieldTable } from './field-table';
import { rowsOfSchema } from './rows-of-schema';
import { WithCode } from './with-code';

const tones: Record<Method, BadgeTone> = {
  GET: 'info',
  POST: 'success',
  PUT: 'warning',
  PATCH: 'warning',
  DELETE: 'danger',
};

/** One contract for people: what it does, who may, what goes in, what comes out, how to call it. */
export function Operation({ contract, url }: { contract: Contract; url: string }) {
  const { id, method, path, summary, accepts, status } = contract;
  const raw = accepts.length > 1;
  return (
    <DocsSection id={id} title={summary.split('.')[0]}>
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={tones[method]}>{method}</Badge>
        <code className="font-mono text-sm">/api/v2{path}</code>
      </p>
      <p className="text-muted">
        {summary.includes('. ') ? `${summary.slice(summary.indexOf('. ') + 2)} ` : null}
        <WithCode text={accessOf(contract)} />
      </p>
      <CodeBlock label="Call" code={curlOf(contract, url, bodyExamples[id])} />
      <FieldTable caption="Path parameters" rows={rowsOfSchema(contract.params, 'input')} />
      <FieldTable caption="Query parameters" rows={rowsOfSchema(contract.query, 'input')} />
      <FieldTable caption="Headers" rows={rowsOfSchema(headersOf(contract), 'input')} />
      {takesBody(contract) && raw ? (
        <p className="text-muted">
          Body: <WithCode text={accepts.map((type) => `\`${type}\``).join(', ')} />, at most{' '}
          {Math.round(contract.maxBytes / 1_048_576)} MiB.
        </p>
      ) : null}
      <FieldTable caption="Body" rows={rowsOfSchema(contract.body, 'input')} />
      <FieldTable caption={`Response (${status})`} rows={rowsOfSchema(contract.result, 'output')} />
    </DocsSection>
  );
}
