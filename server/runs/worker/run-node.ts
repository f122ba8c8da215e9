import { ZodError } from 'zod';
import { AgentPause } from '@/lib/agents/pause';
import { AppError, errorTable } from '@/lib/api/errors';
import { ModelPause } from '@/lib/models/failing/pause';
import {
  type NodeContext,
  type NodeType,
  StepError,
  Suspension,
  Taken,
} from '@/lib/nodes/node-type/define-node';
import { countOf, refsIn } from '@/lib/runs/blobs';
import type { RunLimits } from '@/lib/runs/limits';
import type { Failure, PlanStep, StepOutcome, Wait } from '@/lib/runs/schema';
import { cleanText, cleanValue } from '@/lib/runs/values/clean';
import { isPinned } from '@/lib/runs/view/view';
import { BudgetPause } from '@/lib/spending/breach';
import { joinStep } from '@/server/experiments/in-step';
import type { Log } from '@/server/log';
import { notifyAsked } from '@/server/notifications/notify-asked';
import { releasedStep, stopAt } from '@/server/runs/debugging/breakpoints';
import { storedRound } from '@/server/runs/journal/child-rows';
import { previewOf } from '@/server/runs/scope/preview';
import { debuggedBy, outerScope, runsAbove } from '@/server/runs/scope/runs-above';
import type { Services } from '@/server/services';
import { budgetWait } from './budget-wait';
import { type AttemptRecord, buildContext } from './context';
import { agentWait, mayWait, modelWait } from './model-wait';
import { unlessAborted } from './revocation';
import { createStepCache } from './step-cache';
import type { RunStep, Task } from './task';

const maxMessageCharacters = 4000;

/** Does steps by calling the `run` or `choose` of their node types. */
export function createNodeRunner(
  services: Pick<
    Services,
    | 'pool'
    | 'bus'
    | 'models'
    | 'egress'
    | 'log'
    | 'engine'
    | 'computation'
    | 'embedder'
    | 'vault'
    | 'code'
    | 'config'
    | 'documents'
    | 'drafts'
  >,
  catalogue: Readonly<Record<string, NodeType>>,
): RunStep {
  const cache = createStepCache(services.pool);
  const { limits } = services.engine;
  return async (given) => {
    const pinned = pinnedOf(given);
    if (pinned) return pinned;
    let record: AttemptRecord = { calls: given.calls };
    try {
      const asGiven = { ...given, step: releasedStep(given.state, given.step) };
      const { state, workspaceId, signal } = asGiven;
      const above = await unlessAborted(signal, () => runsAbove(services, asGiven));
      const debugged = debuggedBy(state, above);
      const type = typeOf(catalogue, asGiven.step);
      // Who steps through a run sees its steps as they are.
      const { step, trial } = debugged
        ? { step: asGiven.step, trial: undefined }
        : await unlessAborted(signal, () => joinStep(services, asGiven, type, above));
      const task = { ...asGiven, step };
      const built = await unlessAborted(signal, () =>
        buildContext(services, task, { outer: outerScope(above), debug: debugged?.debug, trial }),
      );
      const { context } = built;
      record = built.record;
      const config = configOf(type, step);
      const stop = await stopAt({ state, step, debugged }, context, () =>
        previewOf(type, step, built.each),
      );
      if (stop) return suspended(stop.wait, { ...record, input: stop.input }, limits);
      const place = await cache.placeOf(
        { workspaceId, runId: task.runId },
        task.state.mode,
        step,
        context,
      );
      const known = place && (await unlessAborted(signal, () => cache.read(place)));
      if (known) return succeeded(known, record, limits);
      signal.throwIfAborted();
      const done = await work(type, config, context);
      if (Suspension.isInstance(done))
        return suspended(waitOf(done, given, limits), record, limits);
      const outcome = succeeded(done, record, limits);
      // What is kept apart belongs to this run alone.
      // Nor may a scripted answer stand in for a real one later.
      const scripted = outcome.ok === true && outcome.calls?.some((call) => call.rehearsed);
      if (place && outcome.ok === true && !scripted && refsIn(outcome.output).length === 0) {
        await unlessAborted(signal, () => cache.write(place, outcome));
      }
      return outcome;
    } catch (error) {
      if (BudgetPause.isInstance(error)) return paused(services, error, given, record);
      const now = services.engine.clock.now();
      if (ModelPause.isInstance(error) && mayWait(given, now)) {
        record.reason = cleanText(error.models.join(' '));
        return suspended(modelWait(error, given, now), record, limits);
      }
      if (AgentPause.isInstance(error)) {
        return suspended(agentWait(error, given, now), record, limits);
      }
      const failure = failureOf(unpaused(error), given, services.log);
      return { ok: false, error: redacted(record, failure), ...kept(record) };
    }
  };
}

/** What a step fails with that has waited for models long enough. */
function unpaused(error: unknown): unknown {
  if (!ModelPause.isInstance(error)) return error;
  return new StepError('model_rate_limited', error.models.join(' '), { retryable: true });
}

/** The step waits for its budget; whoever may raise it is told. */
async function paused(
  services: Pick<Services, 'pool' | 'bus' | 'log' | 'engine'>,
  pause: BudgetPause,
  task: Task,
  record: AttemptRecord,
): Promise<StepOutcome> {
  const { runId, step, attempt, signal } = task;
  const { asked } = pause;
  try {
    if (asked !== 'busy') {
      const key = `budget ${asked.breached.map(({ id, capUsd }) => `${id} ${capUsd}`).join(' ')}`;
      const text = `“${step.name}” waits: its budget has no room for ${asked.model}.`;
      const role = 'admin';
      await unlessAborted(signal, () =>
        notifyAsked(services, { runId, stepId: step.id, attempt, role, text, key }),
      );
    }
    const wait = budgetWait(pause, task, services.engine.clock.now());
    return suspended(wait, record, services.engine.limits);
  } catch (error) {
    return { ok: false, error: failureOf(error, task, services.log), ...kept(record) };
  }
}

type Done = { output?: unknown; ports?: string[]; reason?: string };

async function work(
  type: NodeType,
  config: Record<string, unknown>,
  context: NodeContext,
): Promise<Done | Suspension> {
  if (type.kind === 'switch') {
    const { reason, ...chosen } = await type.choose(context, config);
    return { ...chosen, reason: cleanText(reason) };
  }
  const output = await type.run(context, config);
  if (Suspension.isInstance(output)) return output;
  if (!Taken.isInstance(output)) return { output };
  return { output: output.output, ports: output.ports, reason: cleanText(output.reason) };
}

/** What a person pinned stands for the step's own work in rehearsals. Live runs ignore it. */
function pinnedOf({ state, step }: Task): StepOutcome | undefined {
  if (!isPinned(step, state.mode)) return undefined;
  return { ok: true, output: step.pinnedOutput, reason: 'Pinned output: the step was not run.' };
}

function typeOf(catalogue: Readonly<Record<string, NodeType>>, step: PlanStep): NodeType {
  const type = Object.hasOwn(catalogue, step.type) ? catalogue[step.type] : undefined;
  if (type) return type;
  throw new StepError(
    'unknown_node_type',
    `This version does not know the node type "${step.type}".`,
  );
}

const parsed = new WeakMap<PlanStep, Record<string, unknown>>();

function configOf(type: NodeType, step: PlanStep): Record<string, unknown> {
  const known = parsed.get(step);
  if (known) return known;
  const config = type.config.parse(step.config);
  parsed.set(step, config);
  return config;
}

/** Without the secrets that the attempt used, which a server may have repeated in any form. */
const redacted = <T>({ redact }: AttemptRecord, value: T): T =>
  redact === undefined ? value : redact.value(value);

function succeeded(given: Done, record: AttemptRecord, limits: RunLimits): StepOutcome {
  const done = redacted(record, given);
  const output = cleanValue(done.output, limits.characters);
  if (!output.ok)
    throw new StepError('output_refused', `The output cannot be kept: ${output.reason}.`);
  return { ok: true, ...kept(record), ...done, output: output.value };
}

/** The wait of an attempt: runs that it starts are not those of an attempt before it that failed. */
function waitOf({ wait }: Suspension, { state, step }: Task, { items }: RunLimits): Wait {
  if (!wait.children) return wait;
  const { inputs, round: asked } = wait.children;
  if (countOf(inputs) > items || asked > items) {
    const message = `There are ${Math.max(countOf(inputs), asked)} items or iterations; at most ${items} are allowed.`;
    throw new StepError('too_many_items', message);
  }
  const round = storedRound(wait.children.round, state.steps[step.id]?.failures);
  return { ...wait, children: { ...wait.children, round } };
}

/** The wait as data: what is asked may hold anything that a step computed. */
function suspended(wait: Wait, record: AttemptRecord, limits: RunLimits): StepOutcome {
  const clean = cleanValue(wait, limits.characters);
  if (!clean.ok) {
    throw new StepError('output_refused', `What is asked cannot be kept: ${clean.reason}.`);
  }
  const { reason: _, ...rest } = kept(record);
  return { ok: 'wait', wait: clean.value as Wait, ...rest };
}

function kept(record: AttemptRecord): Pick<StepOutcome, 'input' | 'calls'> & { reason?: string } {
  const { reason } = redacted(record, { reason: record.reason });
  const input = record.input === undefined ? undefined : cleanValue(record.input);
  return {
    ...(input?.ok ? { input: input.value } : {}),
    ...(record.calls.length === 0 ? {} : { calls: [...record.calls] }),
    ...(reason === undefined ? {} : { reason: cleanText(reason) }),
  };
}

/** An error as data. What nobody foresaw may pass, so it is worth another attempt; its details stay in the log. */
export function failureOf(
  error: unknown,
  task: Pick<Task, 'runId' | 'step' | 'attempt'>,
  log: Log,
): Failure {
  const failure = (
    code: string,
    message: string,
    retryable: boolean,
    more: Pick<Failure, 'retryAfterMs' | 'noEffect'> = {},
  ): Failure => ({
    code: cleanText(code),
    message: cleanText(message.slice(0, maxMessageCharacters)),
    retryable,
    ...more,
  });
  if (StepError.isInstance(error)) {
    const { code, message, retryable, retryAfterMs, noEffect } = error;
    return failure(code, message, retryable, {
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(noEffect ? { noEffect } : {}),
    });
  }
  if (AppError.isInstance(error)) {
    return failure(error.code, error.message, errorTable[error.code].retryable);
  }
  if (error instanceof ZodError) {
    const first = error.issues[0];
    const where = first?.path.join('.') ?? '';
    return failure('invalid_config', `The setting "${where}" is wrong: ${first?.message}.`, false);
  }
  const { runId, step, attempt } = task;
  log.error({ err: error, run: runId, step: step.id, attempt }, 'a step failed unexpectedly');
  return failure('unexpected', 'Something unexpected went wrong. See the server’s log.', true);
}
