import { WorkflowList } from '@/components/workflows/workflow-list';

export const metadata = { title: 'Workflows' };

export default function WorkflowsPage() {
  return <WorkflowList />;
}
