import { WorkspaceSettings } from '@/components/people/workspace-settings';

export const metadata = { title: 'Workspace' };

export default function WorkspacePage() {
  return <WorkspaceSettings />;
}
