import { z } from 'zod';
import { elementIdSchema } from '@/lib/workflows/schema';

/** Things that one message may name with `#`. */
export const maxMarks = 10;

const file = { kind: z.literal('file'), id: z.uuid() };
const run = { kind: z.literal('run'), id: z.uuid() };
const step = { kind: z.literal('step'), workflowId: z.uuid(), stepId: elementIdSchema };
/** `space` as the API of memory names it: `workspace`, `team:Support`. */
const memory = {
  kind: z.literal('memory'),
  space: z.string().min(1).max(200),
  path: z.string().min(1).max(500),
};

/** A thing of the workspace, by what it is: a file, a run, a step of a draft, an entry of memory. */
export const markRefSchema = z.discriminatedUnion('kind', [
  z.strictObject(file),
  z.strictObject(run),
  z.strictObject(step),
  z.strictObject(memory),
]);
export type MarkRef = z.infer<typeof markRefSchema>;

const name = z.string();
/** The same with what it was called when it was named. */
export const markSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...file, name, mediaType: z.string(), size: z.int() }),
  z.strictObject({ ...run, name }),
  z.strictObject({ ...step, name, workflowName: z.string() }),
  z.strictObject({ ...memory, name }),
]);
export type Mark = z.infer<typeof markSchema>;

/** As a message shows it. */
export const shownMarkSchema = z.strictObject({
  mark: markSchema,
  /** It was deleted since. */
  gone: z.boolean(),
});

/** The same for the same thing, whatever it is called. */
export function markKey(ref: MarkRef): string {
  switch (ref.kind) {
    case 'file':
    case 'run':
      return `${ref.kind} ${ref.id}`;
    case 'step':
      return `step ${ref.workflowId} ${ref.stepId}`;
    case 'memory':
      return `memory ${ref.space} ${ref.path}`;
  }
}

export function refOf(mark: Mark): MarkRef {
  switch (mark.kind) {
    case 'file':
    case 'run':
      return { kind: mark.kind, id: mark.id };
    case 'step':
      return { kind: 'step', workflowId: mark.workflowId, stepId: mark.stepId };
    case 'memory':
      return { kind: 'memory', space: mark.space, path: mark.path };
  }
}

/** Each thing once, in the order in which they were named. */
export function onceEach(refs: readonly MarkRef[]): MarkRef[] {
  const seen = new Set<string>();
  return refs.filter((ref) => !seen.has(markKey(ref)) && seen.add(markKey(ref)));
}

/** Marks out of a stored message; none where what is stored is no list of them. */
export const readMarks = (stored: unknown): Mark[] => z.array(markSchema).catch([]).parse(stored);

/** The page that shows it; a file is shown where one is. */
export function hrefOf(mark: Mark): string | undefined {
  switch (mark.kind) {
    case 'file':
      return undefined;
    case 'run':
      return `/runs/${mark.id}`;
    case 'step':
      return `/workflows/${mark.workflowId}?node=${encodeURIComponent(mark.stepId)}`;
    case 'memory':
      return `/memory?${new URLSearchParams({ space: mark.space, path: mark.path })}`;
  }
}
