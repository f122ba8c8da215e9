import { DocsPage } from '@/components/docs/docs-page';
import { NodeReference } from '@/components/docs/node-reference';
import { catalogue } from '@/lib/nodes/catalogue';
import { nodeGroups } from '@/lib/nodes/define-node';

export const metadata = { title: 'Nodes' };

export default function DocsNodesPage() {
  const nodes = nodeGroups.flatMap((group) =>
    Object.values(catalogue).filter((node) => node.group === group),
  );
  return (
    <DocsPage
      title="Nodes"
      lead="The steps that a workflow can have. Texts with {{ … }} and expressions are CEL over input, steps.<key>.output and run."
    >
      {nodes.map((node) => (
        <NodeReference key={node.type} node={node} />
      ))}
    </DocsPage>
  );
}
