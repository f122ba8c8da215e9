import { isObject, type Json } from '@/lib/workflows/draft/draft-value';
import type { Drafted, DraftedStep } from '../drafted';

/** What a draft does, in the words in which the corpus says what is expected. */
export function readDraft({ steps, trigger }: Pick<Drafted, 'steps' | 'trigger'>) {
  return {
    trigger: trigger?.kind === 'schedule' ? trigger.config.cron : (trigger?.kind ?? 'manual'),
    paths: [...new Set(pathsFrom('start', steps))].toSorted(),
    approver: approverOf(steps.find(({ type }) => type === 'approval')),
    to: steps.flatMap((step) => recipientOf(step)),
  };
}

/** Ways from a step to a result; those of a refusal are left out. */
function pathsFrom(id: string, steps: readonly DraftedStep[]): string[] {
  return steps.flatMap((step) =>
    step.after.flatMap((from) => {
      const [before, port] = from.split(':');
      if (before !== id || port === 'rejected') return [];
      const side = port === 'then' ? '+' : port === 'else' ? '-' : '';
      if (step.type === 'output') return [side];
      return pathsFrom(step.id, steps).flatMap((rest) =>
        words(step, steps).map((own) => {
          const mark = /^[+-]/.exec(rest)?.[0] ?? '';
          return `${side} ${own}${mark} ${rest.slice(mark.length)}`
            .replace(/^([+-]) /, '$1 ')
            .replace(/\s+/g, ' ')
            .trim();
        }),
      );
    }),
  );
}

/** The word for a step; of a container one for each way inside it. */
function words({ id, type }: DraftedStep, steps: readonly DraftedStep[]): string[] {
  if (type === 'model' || type === 'agent') return ['ai'];
  if (type !== 'map') return [type];
  const inner = steps.filter(({ group }) => group === id);
  const ends = inner.map((step) => ({
    ...step,
    after: step.after.length === 0 ? ['start'] : step.after,
    ...{ group: undefined },
  }));
  const closed = [...ends, ...leaves(inner).map((after) => end(after))];
  return pathsFrom('start', closed as DraftedStep[]).map((path) => `map(${path})`);
}

const end = (after: string) => ({
  ...{ id: 'end', type: 'output', name: '', does: '', config: {}, after: [after] },
});

function leaves(inner: readonly DraftedStep[]): string[] {
  const used = new Set(inner.flatMap(({ after }) => after));
  return inner.flatMap(({ id, type }) => {
    const ports = type === 'if' ? [`${id}:then`, `${id}:else`] : [id];
    return ports.filter((port) => !used.has(port));
  });
}

function approverOf(step: DraftedStep | undefined): string | undefined {
  if (step === undefined) return undefined;
  const { people, role } = step.config;
  const named = Array.isArray(people) ? people.flatMap((row) => textAt(row, 'person') ?? []) : [];
  return named.length > 0 ? named.toSorted().join(' ') : typeof role === 'string' ? role : 'editor';
}

function recipientOf({ type, config }: DraftedStep): string[] {
  if (type === 'send-message') return [config.kind === 'all' ? 'all' : String(config.name)];
  if (type !== 'send-mail') return [];
  const to = String(config.to);
  return [/\{\{ steps\.start\.output\.(?:from|email) \}\}/.test(to) ? 'sender' : to];
}

const textAt = (value: Json, name: string): string | undefined => {
  const found = isObject(value) ? value[name] : undefined;
  return typeof found === 'string' ? found : undefined;
};
