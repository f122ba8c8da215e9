import { functionExamples } from '@/lib/expressions/functions/function-examples';

type Documented = { name: string; signature: string; summary: string };

/** Functions of one kind for people: how each is written, what it gives, and examples. */
export function FunctionReference({ functions }: { functions: readonly Documented[] }) {
  return (
    <dl className="divide-y rounded-lg border">
      {functions.map(({ name, signature, summary }) => (
        <div key={name} id={`function-${name}`} className="scroll-mt-16 space-y-1.5 px-3 py-3">
          <dt>
            <code className="font-mono text-sm font-medium [overflow-wrap:anywhere]">
              {signature}
            </code>
          </dt>
          <dd className="text-sm text-muted">{summary}</dd>
          {(functionExamples[name] ?? []).map(({ write, gives }) => (
            <dd key={write} className="font-mono text-xs leading-5 [overflow-wrap:anywhere]">
              {write} <span className="text-faint">→</span>{' '}
              <span className="text-muted">{JSON.stringify(gives)}</span>
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}
