import { WorkflowEditor } from '@/components/editor/workflow-editor';

export const metadata = { title: 'Workflow' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <WorkflowEditor key={id} workflowId={id} />;
}
