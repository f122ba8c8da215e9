import type { Pool } from 'pg';
import type { Candidate, Team } from '@/lib/agents/assignment/assign';
import { usualTasksAtOnce } from '@/lib/messages/schema';
import { providerInfo } from '@/lib/models/providers';
import { isRule, type ModelPolicy, modelPolicySchema } from '@/lib/models/schema';
import { can } from '@/lib/people/can';
import type { Tool } from '@/lib/tools/define-tool';
import {
  type ToolGrant,
  taskLimitsSchema,
  toolGrantsSchema,
  usualLimits,
} from '@/lib/tools/settings';
import type { Bus } from '@/server/bus/bus';
import { figuresOfAgents } from '@/server/spending/calls/agent-figures';
import { findTools } from '@/server/tools/find-tools';
import { actedBelow } from '@/server/tools/lineage/acted';
import { delegationOf } from '@/server/tools/lineage/delegation';
import { starterOf } from '@/server/tools/rights';
import { standingsOf } from '../status/standing';
import { agentsToChoose } from './choose-store';

type Needs = { pool: Pool; bus: Pick<Bus, 'publish'> };
type Place = {
  workspaceId: string;
  runId: string;
  step: { id: string };
  mode: 'live' | 'rehearsal';
};
type Asked = { tools: readonly string[]; round: number | undefined };

/** The agents of a workspace with all that a choice among them looks at, and what the ones before did. */
export async function findCandidates(
  services: Needs,
  { workspaceId, runId, step, mode }: Place,
  { tools: needed, round }: Asked,
): Promise<Team> {
  const { pool } = services;
  const place = { runId, stepId: step.id };
  const [rows, standings, figures, tools, { chain }, acted] = await Promise.all([
    agentsToChoose(pool, workspaceId),
    standingsOf(services, workspaceId),
    figuresOfAgents(pool, workspaceId),
    toolsFor(pool, workspaceId, runId, needed),
    delegationOf(pool, place),
    round === undefined ? [] : actedBelow(pool, { ...place, round }),
  ]);
  const standing = new Map(standings.map((one) => [one.id, one]));
  const agents = rows.map(
    ({ id, model, tools: granted, limits, maintenance, ...agent }): Candidate => {
      const grants = toolGrantsSchema.catch([]).parse(granted);
      const { status = 'idle', load } = standing.get(id) ?? {};
      const { running = 0, done = 0, failed = 0, usualUsd, usualMinutes } = figures.get(id) ?? {};
      return {
        ...agent,
        ...{ status, done, failed, usualUsd, usualMinutes },
        budgetUsd: taskLimitsSchema.catch(usualLimits).parse(limits).budgetUsd,
        tools: grants.flatMap((grant) =>
          needed.includes(grant.name) ? [toolOf(grant, tools.get(grant.name))] : [],
        ),
        grants: grants.length,
        local: isLocal(modelPolicySchema.catch('auto').parse(model)),
        ...(maintenance !== null && mode === 'live' ? { maintenance } : {}),
        running: Math.max(running, load?.running ?? 0),
        capacity: load?.capacity ?? usualTasksAtOnce,
      };
    },
  );
  const waits = 'It waits for this very task, so that it would go in a circle.';
  return { agents, not: chain.map((handle) => [handle, waits]), acted };
}

type Usable = { tool: Tool; refused: boolean };

async function toolsFor(
  pool: Pool,
  workspaceId: string,
  runId: string,
  needed: readonly string[],
): Promise<Map<string, Usable>> {
  if (needed.length === 0) return new Map();
  const [tools, { role }] = await Promise.all([
    findTools({ pool }, workspaceId),
    starterOf(pool, runId),
  ]);
  return new Map(
    tools
      .filter(({ name }) => needed.includes(name))
      .map((tool) => {
        const refused = role === undefined || !can(role, tool.permission);
        return [tool.name, { tool, refused }];
      }),
  );
}

/** A tool that an agent was given is not one that it can use: it may be gone, broken, or not for whoever started the run. */
function toolOf({ name, ref }: ToolGrant, usable: Usable | undefined): Candidate['tools'][number] {
  if (usable === undefined || (ref !== undefined && ref !== usable.tool.ref)) {
    return { name, problem: 'What this name stood for is no longer there.' };
  }
  if (usable.tool.unavailable !== undefined) return { name, problem: usable.tool.unavailable };
  if (usable.refused) return { name, problem: 'Whoever started the run may not use it.' };
  return { name };
}

/** Whether nothing of an agent can be sent to a model elsewhere. */
function isLocal(policy: ModelPolicy): boolean {
  if (policy === 'auto') return false;
  if (policy.localOnly) return true;
  if (isRule(policy)) return false;
  const named = [policy, ...(policy.fallback ?? [])];
  return named.every(({ provider }) => providerInfo(provider).local);
}
