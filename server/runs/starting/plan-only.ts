import type { InputOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { catalogue } from '@/lib/nodes/catalogue';
import { can } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import type { startRun as contract } from '@/lib/runs/contract';
import { planStep } from '@/lib/runs/engine/readiness';
import { requireWithin } from '@/lib/runs/limits';
import type { Plan, Reused } from '@/lib/runs/schema';
import { cleanValue } from '@/lib/runs/values/clean';
import { compileOnly } from '@/lib/workflows/compile-only';
import { namesFor, scopeNames } from '@/lib/workflows/problems/reference-problems';
import type { Definition } from '@/lib/workflows/schema';
import { hashOf } from '@/server/idempotency/hash-of';
import { type NewRun, readRuns, type StoredRun } from '@/server/runs/journal/store';
import { findRun } from '@/server/runs/reading/find-run';
import { requireMayAnswer } from '@/server/runs/starting/asking-steps';
import type { Services } from '@/server/services';
import { freezeStep } from '@/server/workflows/freeze-step';

type Body = InputOf<typeof contract>['body'] & { only: string };

/** What a run of one step begins with. */
type Only = Pick<NewRun, 'draftAt' | 'definitionHash' | 'name' | 'only' | 'valuesOf' | 'plan'> & {
  reuse: { from: string; steps: Record<string, Reused> };
};

/**
 * One step of the draft, with results of the steps before it that somebody wrote or that earlier runs had. Who may edit
 * a workflow may run its steps. Throws `forbidden`, `not_found`, `has_problems`, `invalid_input`, `conflict`.
 */
export async function planOnly(
  services: Pick<Services, 'pool' | 'engine' | 'drafts' | 'computation'>,
  actor: Actor,
  workflowId: string,
  body: Body,
): Promise<Only> {
  if (!can(actor.role, 'workflows.edit')) {
    throw new AppError('forbidden', 'Only those who may edit a workflow can run one of its steps.');
  }
  if (body.version !== undefined && body.version !== 'draft') {
    throw new AppError(
      'invalid_input',
      'With "only", it is the draft that runs: leave out "version".',
    );
  }
  if (body.until !== undefined) {
    throw new AppError('invalid_input', 'Send either "only" or "until".');
  }
  const { only: stepId, outputs = {}, outputsFrom = {}, stateVector } = body;
  const runs = await readEarlier(services, actor, workflowId, new Set(Object.values(outputsFrom)));
  const frozen = await freezeStep(services, actor, workflowId, { stepId, stateVector });
  const given = new Set([...Object.keys(outputs), ...Object.keys(outputsFrom)]);
  const compiled = compileOnly(frozen.definition, catalogue, stepId, given);
  const names = namesOf(frozen.definition, stepId, body.names ?? {});
  const plan = Object.keys(names).length > 0 ? { ...compiled, names } : compiled;
  requireWithin(plan, services.engine.limits);
  const steps: Record<string, Reused> = {};
  for (const { id, ports, type } of plan.steps) {
    if (id === stepId) continue;
    if (Object.hasOwn(outputs, id)) {
      requireMayGive(plan, id, body.mode, actor);
      steps[id] = { output: kept(outputs[id]), ports, given: true };
      continue;
    }
    const earlier = runs.get(outputsFrom[id] ?? '')?.state;
    const step = earlier?.steps[id];
    if (earlier && step?.output !== undefined && planStep(earlier.plan, id)?.type === type) {
      steps[id] = { output: step.output, ports, ...(step.scripted ? { scripted: true } : {}) };
      continue;
    }
    throw new AppError('invalid_input', `The run has no output of the step "${id}".`);
  }
  await services.engine.clock.ready();
  return {
    name: frozen.name,
    plan,
    definitionHash: hashOf(plan),
    draftAt: services.engine.clock.now(),
    only: { id: stepId, name: planStep(plan, stepId)?.name ?? stepId },
    ...(runs.size > 0 ? { valuesOf: [...runs.keys()] } : {}),
    reuse: { from: Object.values(outputsFrom)[0] ?? '', steps },
  };
}

/** Runs of this workflow, none of them a part of another one. */
async function readEarlier(
  services: Pick<Services, 'pool'>,
  actor: Actor,
  workflowId: string,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, StoredRun>> {
  for (const id of ids) {
    const facts = await findRun(services, actor, id);
    if (facts.workflowId !== workflowId || facts.parent) {
      throw new AppError('invalid_input', 'Outputs can be taken from runs of this workflow only.');
    }
  }
  return ids.size === 0 ? new Map() : readRuns(services.pool, [...ids]);
}

/** Of what a step asks people, only who may answer makes up an answer. */
function requireMayGive(plan: Plan, id: string, mode: Body['mode'], actor: Actor): void {
  const step = planStep(plan, id);
  const type = step && Object.hasOwn(catalogue, step.type) ? catalogue[step.type] : undefined;
  // What its settings ask is unknown while they are not valid: then nobody could have been asked.
  if (step && type?.config.safeParse(step.config).success) requireMayAnswer(step, mode, actor);
}

/** What the steps around it give in a whole run: an item and its number, say. */
function namesOf(
  definition: Definition,
  stepId: string,
  given: Record<string, unknown>,
): Record<string, unknown> {
  const node = definition.nodes.find(({ id }) => id === stepId);
  if (!node) return {};
  const known = namesFor(definition, catalogue)(node).filter((name) => !scopeNames.includes(name));
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) {
      throw new AppError('invalid_input', `“${node.name}” has no value named "${name}".`);
    }
  }
  return given;
}

function kept(value: unknown): unknown {
  const clean = cleanValue(value);
  if (clean.ok) return clean.value;
  throw new AppError('invalid_input', `The output cannot be kept: ${clean.reason}.`);
}
