import { changedConfig, settingsFor } from '@/lib/experiments/apply';
import type { Trial } from '@/lib/experiments/schema';
import type { AgentProfile, NodeType } from '@/lib/nodes/node-type/define-node';
import { effectKey } from '@/lib/runs/engine/plan-parts';
import { planStep } from '@/lib/runs/engine/readiness';
import type { PlanStep, RunState } from '@/lib/runs/schema';
import type { runsAbove } from '@/server/runs/scope/runs-above';
import type { Services } from '@/server/services';
import { joinExperiment } from './join-experiment';

/** An attempt of a step, as a worker does it. */
type Task = {
  runId: string;
  workspaceId: string;
  state: RunState;
  step: PlanStep;
  attempt: number;
};
type Above = Awaited<ReturnType<typeof runsAbove>>;

/** A step with the settings of the variant that it got, if it takes part in an experiment. */
export async function joinStep(
  { pool }: Pick<Services, 'pool'>,
  task: Task,
  type: NodeType | undefined,
  above: Above,
): Promise<{ step: PlanStep; trial?: Trial }> {
  const { step, state, runId, workspaceId, attempt } = task;
  if (type === undefined || state.mode !== 'live' || settingsFor(type).length === 0)
    return { step };
  // What a plan of a model runs is no step of the workflow, whatever it is called.
  if (above.some((each) => planStep(each.state.plan, each.parentLink.stepId)?.body === undefined)) {
    return { step };
  }
  const key = effectKey(runId, state, step.id);
  const of = { stepId: step.nodeId };
  const changed = state.steps[step.id]?.changedBy !== undefined;
  const place = { workspaceId, runId, stepId: step.id, key, attempt, changed };
  const joined = await joinExperiment(pool, { ...place, of });
  if (joined === undefined) return { step };
  const config = changedConfig(type, step.config, joined.change);
  return config === undefined ? { step } : { step: { ...step, config }, trial: joined.trial };
}

/** The trials of an attempt, so that each model call keeps its own. */
export type Trials = {
  /** An agent with the settings of the variant that its task got. */
  agent(profile: AgentProfile): Promise<AgentProfile>;
  /** Whose call it is: the step’s, or else the agent’s. */
  of(agentId: string | undefined): Trial | undefined;
};

export function trialsOf(
  { pool }: Pick<Services, 'pool'>,
  { runId, workspaceId, state, step, attempt }: Task,
  own: Trial | undefined,
): Trials {
  const agents = new Map<string, Trial>();
  let last: Trial | undefined;
  return {
    async agent(profile) {
      const { id: agentId } = profile;
      if (agentId === undefined || own !== undefined || state.mode !== 'live') return profile;
      const joined = await joinExperiment(pool, {
        ...{ workspaceId, runId, stepId: step.id, attempt },
        key: `${effectKey(runId, state, step.id)}@${agentId}`,
        of: { agentId, ownModel: step.config.model !== undefined },
      });
      last = joined?.trial;
      if (joined === undefined) return profile;
      agents.set(agentId, joined.trial);
      const { model = profile.model, instructions = profile.instructions } = joined.change;
      return { ...profile, model, instructions };
    },
    of: (agentId) => own ?? (agentId === undefined ? last : agents.get(agentId)),
  };
}
