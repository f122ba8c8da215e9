import { NewAgentPage } from '@/components/agents/agent-page';

export const metadata = { title: 'New agent' };

export default function Page() {
  return <NewAgentPage />;
}
