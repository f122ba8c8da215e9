import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError, isAppError } from '@/lib/api/errors';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import type { forkRun as contract, RunSummary } from '@/lib/runs/contract';
import { earlierOf, planUntil, reusableSteps } from '@/lib/runs/engine/plan-parts';
import { planStep } from '@/lib/runs/engine/readiness';
import type { Plan, PlanStep, RunMode } from '@/lib/runs/schema';
import { compile } from '@/lib/workflows/compile';
import { configProblems } from '@/lib/workflows/config-problems';
import { typeNamed } from '@/lib/workflows/node-catalogue';
import { definitionSchema } from '@/lib/workflows/schema';
import { hashOf } from '@/server/idempotency/hash-of';
import { readIdempotencyKey } from '@/server/idempotency/read-key';
import { readFacts } from '@/server/runs/journal/child-rows';
import { readRun } from '@/server/runs/journal/store';
import { findRun } from '@/server/runs/reading/find-run';
import { askOf, asksAnew, requireMayAnswer } from '@/server/runs/starting/asking-steps';
import { earlierRun } from '@/server/runs/starting/earlier-run';
import { type Frozen, readPlan } from '@/server/runs/starting/read-plan';
import { readVersion } from '@/server/runs/starting/read-version';
import { readInput } from '@/server/runs/starting/start-run';
import type { Services } from '@/server/services';

type Body = InputOf<typeof contract>['body'];

/**
 * Starts a run that reuses the finished results of another: what failed is tried again, and so is everything
 * that `from`, other settings, or another version make run anew. Throws `not_found`, `conflict` for a run inside
 * another, `idempotency_mismatch`, and `invalid_input` where it names steps or settings that cannot be.
 */
export async function forkRun(
  services: Pick<Services, 'pool' | 'engine' | 'drafts' | 'computation'>,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
  request?: Pick<Request, 'headers'>,
): Promise<ResultOf<typeof contract>> {
  const key = readIdempotencyKey(request);
  const facts = await findRun(services, actor, params.id);
  const run = await readRun(services.pool, params.id);
  if (run === undefined) throw new AppError('not_found', 'This run does not exist.');
  if (run.parentLink) {
    throw new AppError('conflict', 'This is a child run. Replay its parent run instead.');
  }
  const requestHash = hashOf({ fork: params.id, ...body });
  const earlier = await earlierRun(services, actor, key, requestHash);
  if (earlier) return earlier;
  if (facts.only) requireOnly(facts.only, body);
  const base =
    body.version === 'same' || facts.workflowId === null
      ? {
          plan: run.state.plan,
          definitionHash: (await readFacts(services.pool, params.id)).hash,
          ...originOf(facts),
        }
      : await readPlan(services, actor, facts.workflowId, {
          ...body,
          version: body.version === 'current' ? 'live' : body.version,
        });
  const { versionNumber, draftAt } = base;
  const plan = changedPlan(base.plan, body);
  const asked = draftAt === undefined ? run.state.plan : base.plan;
  await requireAsPublished(services, actor, { ...facts, versionNumber, asked }, plan);
  const input = body.input === undefined ? run.state.input : readInput(plan, body.input);
  const changed = Object.keys(body.settings);
  // An answer to another question, or of somebody who is not asked any more, is none.
  const anew = [...body.from, ...changed, ...asksAnew(run.state.plan, plan)];
  // What one step alone was given is given again: those steps never run.
  const from = body.input === undefined ? anew : facts.only ? [facts.only.id] : all(plan);
  const { id, status } = await services.engine.start({
    workspaceId: actor.workspaceId,
    ...(facts.workflowId === null ? {} : { workflowId: facts.workflowId }),
    ...(versionNumber === undefined ? {} : { versionNumber }),
    ...(draftAt === undefined ? {} : { draftAt }),
    name: facts.workflowName,
    mode: facts.mode,
    trigger: 'manual',
    startedBy: actor.userId,
    plan,
    // A retry that changes nothing still runs what was published, word for word.
    definitionHash: hashOf(plan) === hashOf(base.plan) ? base.definitionHash : hashOf(plan),
    input,
    forkedFrom: params.id,
    ...(facts.only ? { only: facts.only } : {}),
    reuse: {
      from: params.id,
      steps: reusableSteps(run.state, plan, from),
      earlier: earlierOf({ id: params.id, state: run.state }, plan, from),
    },
    ...(body.debug === undefined ? {} : { debug: body.debug }),
    ...(changed.length === 0 ? {} : { changed: { by: actor.name, steps: changed } }),
    ...(key === undefined ? {} : { idempotency: { key, requestHash } }),
  });
  return { id, status };
}

/** A run of one step alone is tried again as it was: around that step there are results, and no steps that could run. */
function requireOnly({ id, name }: NonNullable<RunSummary['only']>, body: Body): void {
  const named = [...body.from, ...Object.keys(body.settings)];
  if (body.version !== 'same') {
    throw new AppError(
      'conflict',
      `This run was of “${name}” alone. Test that step again instead.`,
    );
  }
  if (named.every((each) => each === id)) return;
  throw new AppError('invalid_input', `In this run only “${name}” can run again.`);
}

/** What a run runs: a version, or a draft as it was frozen. */
function originOf({ version, draft }: RunSummary): Pick<Frozen, 'versionNumber' | 'draftAt'> {
  if (draft !== undefined) return { draftAt: Date.parse(draft) };
  return version === null ? {} : { versionNumber: version };
}

type Origin = {
  mode: RunMode;
  workflowId: string | null;
  versionNumber: number | undefined;
  /** What asks people where no version says it: the frozen draft, or the run's own plan. */
  asked: Plan;
};

/**
 * A step that asks people asks as its version says, also in a run of a run: else only who may answer it may start that.
 * Throws `forbidden`.
 */
async function requireAsPublished(
  services: Pick<Services, 'pool'>,
  actor: Actor,
  { mode, workflowId, versionNumber, asked }: Origin,
  plan: Plan,
): Promise<void> {
  if (mode === 'rehearsal' || !plan.steps.some((step) => askOf(step))) return;
  const published =
    workflowId === null || versionNumber === undefined
      ? asked
      : await versionPlan(services, actor, workflowId, versionNumber).catch((error: unknown) => {
          // The workflow was deleted since.
          if (isAppError(error) && error.code === 'not_found') return asked;
          throw error;
        });
  for (const id of asksAnew(published, plan)) {
    const step = planStep(published, id);
    if (step) requireMayAnswer(step, mode, actor);
  }
}

const all = (plan: Plan) => plan.steps.map(({ id }) => id);

/** A version as it was published. */
async function versionPlan(
  services: Pick<Services, 'pool'>,
  actor: Actor,
  workflowId: string,
  number: number,
) {
  const version = await readVersion(services.pool, actor.workspaceId, workflowId, number);
  return compile(definitionSchema.parse(version.definition), catalogue);
}

function changedPlan(plan: Plan, { from, settings, until }: Body): Plan {
  for (const id of [...from, ...Object.keys(settings), ...(until === undefined ? [] : [until])]) {
    if (!planStep(plan, id)) throw new AppError('invalid_input', `There is no step "${id}".`);
  }
  const steps = plan.steps.map((step) => {
    const change = Object.hasOwn(settings, step.id) ? settings[step.id] : undefined;
    return change === undefined ? step : withSettings(step, change);
  });
  const changed = { ...plan, steps };
  return until === undefined ? changed : planUntil(changed, until);
}

/** A step with other settings. Throws `invalid_input` with what is wrong about them. */
export function withSettings(step: PlanStep, change: Readonly<Record<string, unknown>>): PlanStep {
  const type = typeNamed(catalogue, step.type);
  if (!type) throw new AppError('invalid_input', `There is no node type "${step.type}".`);
  const config = { ...step.config, ...change };
  const parsed = type.config.safeParse(config);
  if (parsed.success) return { ...step, config: parsed.data };
  const [problem] = configProblems(type, config);
  throw new AppError('invalid_input', `"${step.name}": ${problem?.message ?? 'not valid'}`);
}
