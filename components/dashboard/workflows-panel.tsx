'use client';

import { useWorkflows } from '@/components/data/queries';
import { useCan } from '@/components/shell/actor-context';
import { useNewWorkflow } from '@/components/shell/use-new-workflow';
import { Button } from '@/components/ui/controls/button';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { WorkflowRow } from '@/components/workflows/workflow-row';
import { Panel } from './panel';

/** The workflows that were changed last, with their last five runs. */
export function WorkflowsPanel() {
  return (
    <Panel title="Workflows" all={{ href: '/workflows', label: 'All workflows' }}>
      <Content />
    </Panel>
  );
}

function Content() {
  const workflows = useWorkflows();
  const { create, pending } = useNewWorkflow();
  const canEdit = useCan('workflows.edit');
  const items = workflows.data?.pages[0]?.items;
  if (items === undefined) {
    return workflows.error ? (
      <ErrorState
        className="py-8"
        title="The workflows could not be loaded"
        error={workflows.error}
        onRetry={() => void workflows.refetch()}
      />
    ) : (
      <SkeletonRows rows={4} />
    );
  }
  if (items.length === 0) {
    return (
      <EmptyState
        className="py-8"
        title="No workflows yet"
        actions={
          canEdit ? (
            <Button size="sm" loading={pending} onClick={create}>
              Create a workflow
            </Button>
          ) : null
        }
      />
    );
  }
  return (
    <ul aria-label="Workflows">
      {items.slice(0, 8).map((workflow) => (
        <WorkflowRow key={workflow.id} workflow={workflow} dense />
      ))}
    </ul>
  );
}
