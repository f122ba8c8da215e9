import { ZodError } from 'zod';
import { AppError, errorTable } from '@/lib/api/errors';
import { type NodeType, StepError, Suspension, Taken } from '@/lib/nodes/define-node';
import { cleanText, cleanValue } from '@/lib/runs/clean';
import type { Failure, PlanStep, StepOutcome, Wait } from '@/lib/runs/schema';
import { isPinned } from '@/lib/runs/view';
import type { Log } from '@/server/log';
import type { Services } from '@/server/services';
import { type AttemptRecord, buildContext } from './context';
import { outerScope } from './outer-scope';
import type { RunStep, Task } from './task';

const mostMessageCharacters = 4000;

/** Does steps by calling the `run` or `choose` of their node types. */
export function createNodeRunner(
  services: Pick<Services, 'pool' | 'models' | 'egress' | 'log' | 'engine'>,
  catalogue: Readonly<Record<string, NodeType>>,
): RunStep {
  return async (task) => {
    const pinned = pinnedOf(task);
    if (pinned) return pinned;
    const { context, record } = buildContext(services, task, await outerScope(services, task));
    try {
      const type = typeOf(catalogue, task.step);
      const config = configOf(type, task.step);
      if (type.kind === 'switch') {
        const { ports, output, reason } = type.choose(context, config);
        return succeeded({ output, ports, reason: cleanText(reason) }, record);
      }
      const output = await type.run(context, config);
      if (output instanceof Suspension) return suspended(output.wait, record);
      if (output instanceof Taken) {
        const { ports, reason } = output;
        const done = { output: output.output, ports, reason: cleanText(reason) };
        return succeeded(done, record);
      }
      return succeeded({ output }, record);
    } catch (error) {
      return { ok: false, error: failureOf(error, task, services.log), ...kept(record) };
    }
  };
}

/** What a person pinned stands for the step's own work in rehearsals. Live runs ignore it. */
function pinnedOf({ state, step }: Task): StepOutcome | undefined {
  if (!isPinned(step, state.mode)) return undefined;
  return { ok: true, output: step.pinnedOutput, reason: 'Pinned output: the step was not run.' };
}

function typeOf(catalogue: Readonly<Record<string, NodeType>>, step: PlanStep): NodeType {
  const type = Object.hasOwn(catalogue, step.type) ? catalogue[step.type] : undefined;
  if (type) return type;
  throw new StepError('unknown_node_type', `This version knows no node type "${step.type}".`);
}

const parsed = new WeakMap<PlanStep, Record<string, unknown>>();

function configOf(type: NodeType, step: PlanStep): Record<string, unknown> {
  const known = parsed.get(step);
  if (known) return known;
  const config = type.config.parse(step.config);
  parsed.set(step, config);
  return config;
}

function succeeded(
  done: { output?: unknown; ports?: string[]; reason?: string },
  record: AttemptRecord,
): StepOutcome {
  const output = cleanValue(done.output);
  if (!output.ok)
    throw new StepError('output_refused', `The output cannot be kept: ${output.reason}.`);
  return { ok: true, ...kept(record), ...done, output: output.value };
}

/** The wait as data: what is asked may hold anything that a step computed. */
function suspended(wait: Wait, record: AttemptRecord): StepOutcome {
  const clean = cleanValue(wait);
  if (!clean.ok) {
    throw new StepError('output_refused', `What is asked cannot be kept: ${clean.reason}.`);
  }
  const { reason: _, ...rest } = kept(record);
  return { ok: 'wait', wait: clean.value as Wait, ...rest };
}

function kept(record: AttemptRecord): Pick<StepOutcome, 'input' | 'calls'> & { reason?: string } {
  const input = record.input === undefined ? undefined : cleanValue(record.input);
  return {
    ...(input?.ok ? { input: input.value } : {}),
    ...(record.calls.length === 0 ? {} : { calls: record.calls }),
    ...(record.reason === undefined ? {} : { reason: cleanText(record.reason) }),
  };
}

/** An error as data. What nobody foresaw may pass, so it is worth another attempt; its details stay in the log. */
export function failureOf(
  error: unknown,
  task: Pick<Task, 'runId' | 'step' | 'attempt'>,
  log: Log,
): Failure {
  const failure = (code: string, message: string, retryable: boolean): Failure => ({
    code: cleanText(code),
    message: cleanText(message.slice(0, mostMessageCharacters)),
    retryable,
  });
  if (error instanceof StepError) return failure(error.code, error.message, error.retryable);
  if (error instanceof AppError) {
    return failure(error.code, error.message, errorTable[error.code].retryable);
  }
  if (error instanceof ZodError) {
    const first = error.issues[0];
    const where = first?.path.join('.') ?? '';
    return failure('invalid_config', `The setting "${where}" is wrong: ${first?.message}.`, false);
  }
  const { runId, step, attempt } = task;
  log.error({ err: error, run: runId, step: step.id, attempt }, 'a step failed unexpectedly');
  return failure('unexpected', 'Something unexpected went wrong; the log has the details.', true);
}
