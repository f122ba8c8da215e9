import { agentsChanged } from '@/lib/agents/assignment/record';
import type { AgentPause, AwayWait } from '@/lib/agents/pause';
import type { ModelPause } from '@/lib/models/failing/pause';
import type { Wait } from '@/lib/runs/schema';
import type { Task } from './task';

/** The longest that a run goes on waiting for models, in milliseconds from its start. */
const longestMs = 24 * 3_600_000;

/** Whether a step may still wait for a model: a run that has waited for a day fails. */
export const mayWait = ({ state }: Task, now: number): boolean =>
  now - (state.startedAt ?? now) < longestMs;

/** When a step looks again whether its agent is back, in milliseconds: each look is written to the journal. */
const lookAgainMs = { least: 5_000, most: 60_000 };

/** How a step waits for an agent in maintenance, for as long as that lasts: it is told of the end, and looks by itself. */
export function agentWait({ agent, reason }: AgentPause, task: Task, now: number): Wait {
  const since = now - (task.state.startedAt ?? now);
  const waitMs = Math.min(lookAgainMs.most, Math.max(lookAgainMs.least, since / 20));
  const ask: AwayWait = { agent, maintenance: reason };
  const tell = `${agent} is in maintenance: ${reason}`;
  return {
    ...modelWait({ waitMs }, task, now),
    kind: 'message',
    channel: agentsChanged,
    ask,
    tell,
  };
}

/** How a step waits until a model may be asked again, held by nobody. It is called again from its beginning. */
export function modelWait(
  pause: Pick<ModelPause, 'waitMs'>,
  { state, step }: Task,
  now: number,
): Wait {
  const { memo, resumed } = state.steps[step.id] ?? {};
  const end = { ok: 'again', ...(resumed === undefined ? {} : { value: resumed }) } as const;
  const kept = memo === undefined ? {} : { memo };
  return { kind: 'timer', until: now + pause.waitMs, end, ...kept };
}
