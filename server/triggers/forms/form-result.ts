import { answerText } from '@/lib/chat/answer';
import { newBudget } from '@/lib/expressions/values/budget';
import { splitOutput } from '@/lib/runs/values/split-output';
import type { Submission } from '@/lib/triggers/forms/schema';
import { isRecord } from '@/lib/values/unknown';
import type { Services } from '@/server/services';
import type { SubmittedRun } from './submission-store';
import type { Form } from './view-form';

/** Characters of a result that the page shows. */
const maxShown = 100_000;
const maxValues = 50;

type Result = NonNullable<Submission['result']>;

/** What a form shows of a run that it has waited for, or of one that has just begun. */
export async function formResult(
  services: Services,
  { config: { result }, workspaceId, id }: Form,
  run: SubmittedRun,
): Promise<Result> {
  if (result.kind === 'redirect') return { kind: 'redirect', url: result.url };
  const hydrate = services.engine.blobs.reader(run.id, 4_000_000);
  if (result.kind === 'output') {
    // Too large to be shown whole: what stands for it says so.
    const output = await hydrate(run.output).catch(() => run.output);
    return shownOutput(output);
  }
  if (!result.text.includes('{{')) return { kind: 'text', text: result.text };
  try {
    const names = { input: await hydrate(run.input), output: await hydrate(run.output) };
    const texts = [{ as: 'template' as const, text: result.text, shown: maxShown }];
    const job = { texts, names, budget: newBudget() };
    const { results } = await services.computation.run('texts', job, workspaceId);
    const [made] = results;
    if (made?.ok) return { kind: 'text', text: String(made.value) };
    services.log.warn(
      { triggerId: id, runId: run.id },
      'the text of a form could not be worked out',
    );
  } catch (error) {
    services.log.warn({ err: error, triggerId: id }, 'the text of a form could not be worked out');
  }
  // Whoever sent it did nothing wrong: the usual words.
  return { kind: 'text', text: '' };
}

/** A text as it is; an object of plain values as their list; all else as JSON. */
export function shownOutput(output: unknown): Result {
  const { text } = splitOutput(output);
  if (text === undefined && isRecord(output)) {
    const entries = Object.entries(output);
    if (entries.length <= maxValues && entries.every(([, value]) => typeof value !== 'object')) {
      const values = entries.map(([name, value]) => ({ name, value: shownValue(value) }));
      return { kind: 'values', values };
    }
  }
  const whole = answerText(output);
  const cut = whole.length > maxShown ? `${whole.slice(0, maxShown)}…` : whole;
  return { kind: 'text', text: cut };
}

function shownValue(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return String(value).slice(0, 5_000);
}
