import { DocsPage } from '@/components/docs/docs-page';
import { JumpList } from '@/components/docs/jump-list';
import { NodeReference } from '@/components/docs/node-reference';
import { catalogue } from '@/lib/nodes/catalogue';
import { nodeGroups } from '@/lib/nodes/node-type/define-node';

export const metadata = { title: 'Steps' };

export default function DocsNodesPage() {
  const groups = nodeGroups
    .map((title) => ({
      title,
      nodes: Object.values(catalogue).filter((node) => node.group === title),
    }))
    .filter(({ nodes }) => nodes.length > 0);
  return (
    <DocsPage
      title="Steps"
      lead="All steps a workflow can have. Expressions and {{ … }} in texts are CEL; they can use input, steps.<key>.output and run."
    >
      <JumpList
        label="Steps by group"
        groups={groups.map(({ title, nodes }) => ({
          title,
          items: nodes.map((node) => ({ href: `#${node.type}`, label: node.title })),
        }))}
      />
      {groups.flatMap(({ nodes }) =>
        nodes.map((node) => <NodeReference key={node.type} node={node} />),
      )}
    </DocsPage>
  );
}
