import { isBlobRef } from '@/lib/runs/blobs';
import { isSettled } from '@/lib/runs/engine/readiness';
import type { Plan, PlanStep, RunState, StepStatus } from '@/lib/runs/schema';
import { splitOutput } from '@/lib/runs/values/split-output';
import { at, isRecord } from '@/lib/values/unknown';

/** The step of a turn that asks an agent, or a panel of them. */
export const answerStepId = 'answer';

/** The text of an answer, out of its run's output; data as a block of JSON; empty when there is none. */
export function answerText(output: unknown): string {
  if (output === null || output === undefined) return '';
  if (isBlobRef(output)) return `${output.$blob.preview}…\n\n*This answer is long: see the run.*`;
  const decided = decisionIn(output);
  if (decided !== undefined) return decided;
  const { text } = splitOutput(output);
  if (isBlobRef(text)) return answerText(text);
  return text ?? sections(output) ?? `\`\`\`json\n${JSON.stringify(output, null, 2)}\n\`\`\``;
}

/** Where a run has several results and each is a text, all of them. */
function sections(output: unknown): string | undefined {
  if (typeof output !== 'object' || output === null || Array.isArray(output)) return undefined;
  const texts = Object.values(output).map((each) =>
    typeof each === 'object' ? splitOutput(each).text : undefined,
  );
  if (texts.length === 0 || texts.includes(undefined)) return undefined;
  return texts.join('\n\n');
}

const speaking = ['agent', 'model', 'handoff', 'planner'];

/** What is being written that becomes the answer: the text of steps whose output is the run's, or its last stop. */
export function answerSoFar(plan: Plan, streams: Readonly<Record<string, string>>): string {
  const last = plan.steps.filter(({ id }) => plan.outputs.includes(id));
  const before = new Set(
    last
      .filter(({ type }) => type === 'output')
      .flatMap((step) => step.incoming.map((one) => one.from)),
  );
  return plan.steps
    .filter((step) => last.includes(step) || before.has(step.id))
    .filter(({ type }) => speaking.includes(type))
    .flatMap(({ id }) => streams[id] || [])
    .join('\n\n');
}

/**
 * Steps whose words are the answer's own, for those who must see nothing else: their text is the run's output, or all that
 * an output step gives.
 */
export function answeringSteps(plan: Plan): string[] {
  const isLast = ({ id }: PlanStep) => plan.outputs.includes(id);
  const given = plan.steps.filter(isLast).flatMap(({ type, config }) => {
    const template = at(config, 'template');
    const whole = type === 'output' && typeof template === 'string' ? wholly.exec(template) : null;
    return whole?.[1] ?? [];
  });
  return plan.steps
    .filter((step) => speaking.includes(step.type) && (isLast(step) || given.includes(step.key)))
    .map(({ id }) => id);
}

/** A text that is one answer of an earlier step, and nothing beside it. */
const wholly = /^\s*\{\{\s*steps\.(\w+)\.output(?:\.text)?\s*\}\}\s*$/;

export type Progress = {
  done: number;
  total: number;
  /** Steps that have begun, in the plan's order; of one that asked people, what they decided. */
  begun: { id: string; name: string; status: StepStatus; decided?: string }[];
};

const silent: readonly StepStatus[] = ['pending', 'skipped'];

/** How far a run is, for people who wait for its answer. */
export function progressOf({ plan, steps }: Pick<RunState, 'plan' | 'steps'>): Progress {
  const statusOf = ({ id }: PlanStep): StepStatus => steps[id]?.status ?? 'pending';
  const shown = plan.steps.filter(({ type }) => type !== 'start');
  return {
    done: shown.filter((step) => isSettled(statusOf(step))).length,
    total: shown.length,
    begun: shown
      .map((step) => ({
        ...{ id: step.id, name: step.name, status: statusOf(step) },
        ...decisionOf(step, steps[step.id]?.output),
      }))
      .filter(({ status }) => !silent.includes(status)),
  };
}

/** "Approved by Ana": what came of a question, wherever it was answered. */
function decisionOf({ type }: PlanStep, output: unknown): { decided?: string } {
  const decided = type === 'approval' ? whoDecided(output) : undefined;
  return decided === undefined ? {} : { decided };
}

function whoDecided(output: unknown): string | undefined {
  const [decision, by] = [at(output, 'decision'), at(output, 'by')];
  if (decision !== 'approved' && decision !== 'rejected') return undefined;
  const what = decision === 'approved' ? 'Approved' : 'Rejected';
  return typeof by === 'string' && by !== '' ? `${what} by ${by}` : what;
}

/** The answer of a run that ends in a question: what was decided, and what was said with it. */
function decisionIn(output: unknown): string | undefined {
  const names = isRecord(output) ? Object.keys(output).sort().join() : '';
  const decided = names === 'by,comment,decision,values' ? whoDecided(output) : undefined;
  if (decided === undefined || Object.keys(at(output, 'values') ?? {}).length > 0) return undefined;
  const comment = at(output, 'comment');
  return typeof comment === 'string' && comment !== '' ? `${decided}: ${comment}` : `${decided}.`;
}
