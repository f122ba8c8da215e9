import { Badge } from '@/components/ui/display/badge';
import { CodeBlock } from '@/components/ui/display/code-block';
import type { NodeType } from '@/lib/nodes/node-type/define-node';
import { DocsSection } from './docs-page';
import { FieldTable } from './field-table';
import { rowsOfSchema } from './rows-of-schema';

/** One node type for people: its settings, its ports, and what its output looks like. */
export function NodeReference({ node }: { node: NodeType }) {
  const ports = Array.isArray(node.ports) ? node.ports : undefined;
  return (
    <DocsSection id={node.type} title={node.title}>
      <p className="flex flex-wrap items-center gap-2">
        <Badge>{node.group}</Badge>
        <code className="font-mono text-sm">{node.type}</code>
      </p>
      <p className="text-muted">
        {node.summary}
        {typeof node.ports === 'function' ? ' Its outputs depend on its settings.' : null}
        {ports ? ` Outputs: ${ports.map((port) => port.label).join(', ')}.` : null}
      </p>
      <FieldTable caption="Settings" rows={rowsOfSchema(node.config, 'input')} of={node.type} />
      {node.sample === undefined ? null : (
        <div>
          <h3 className="mb-1.5 text-xs font-medium text-muted">Example output</h3>
          <CodeBlock label="Output" code={JSON.stringify(node.sample, null, 2)} />
        </div>
      )}
    </DocsSection>
  );
}
