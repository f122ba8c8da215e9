import { NewAgentPage } from '@/components/agents/new/new-agent-page';

export const metadata = { title: 'New agent' };

export default function Page() {
  return <NewAgentPage />;
}
