import { AgentPage } from '@/components/agents/agent-page';
import { AgentExperiment } from '@/components/experiments/agent-experiment';
import { AgentCost } from '@/components/spending/month-cost';

export const metadata = { title: 'Agent' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <AgentPage
      key={id}
      id={id}
      beside={
        <>
          <AgentCost id={id} />
          <AgentExperiment id={id} />
        </>
      }
    />
  );
}
