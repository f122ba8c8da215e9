import { DocsPage } from '@/components/docs/docs-page';
import { NodeReference } from '@/components/docs/node-reference';
import { catalogue } from '@/lib/nodes/catalogue';
import { nodeGroups } from '@/lib/nodes/node-type/define-node';

export const metadata = { title: 'Nodes' };

export default function DocsNodesPage() {
  const nodes = nodeGroups.flatMap((group) =>
    Object.values(catalogue).filter((node) => node.group === group),
  );
  return (
    <DocsPage
      title="Nodes"
      lead="All steps a workflow can have. Expressions and {{ … }} in texts are CEL; they can use input, steps.<key>.output and run."
    >
      {nodes.map((node) => (
        <NodeReference key={node.type} node={node} />
      ))}
    </DocsPage>
  );
}
