'use client';

import { useAgents } from '@/components/data/queries';
import { RunningExperiment, StartButton } from './experiment-line';
import type { Subject } from './start-experiment';

/** The experiment of an agent, on its page. */
export function AgentExperiment({ id }: { id: string }) {
  const agent = useAgents().data?.items.find((each) => each.id === id);
  if (agent === undefined) return null;
  const { name, model, instructions } = agent;
  const subject: Subject = {
    ...{ target: { type: 'agent', agentId: id }, name },
    ...{ able: ['model', 'instructions'], now: { model, instructions } },
  };
  return (
    <div className="max-w-[680px]">
      <RunningExperiment subject={subject} />
      <StartButton subject={subject} />
    </div>
  );
}
