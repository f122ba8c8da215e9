import { z } from 'zod';
import { optionalNameSchema } from '@/lib/names/schema';
import { inputTypes } from '@/lib/nodes/forms/input-types';
import { linkReaders, perDaySchema, perMinuteSchema } from '../link';

/** Bytes of all files of one submission together. */
export const maxFormBytes = 8 * 1_048_576;

const resultSchema = z.discriminatedUnion('kind', [
  /** A text, in which `{{ input.name }}` and, once the run has ended, `{{ output }}` stand for values. */
  z.strictObject({ kind: z.literal('thanks'), text: z.string().trim().max(5_000).default('') }),
  /** What the run gives. */
  z.strictObject({ kind: z.literal('output') }),
  /** Another page. */
  z.strictObject({
    kind: z.literal('redirect'),
    url: z
      .url({ protocol: /^https$/, error: 'enter an address that begins with https://' })
      .max(2_000),
  }),
]);

const shape = {
  /** Empty: the workflow's name. */
  title: optionalNameSchema(120).default(''),
  description: z.string().trim().max(5_000).default(''),
  who: z.enum(linkReaders).default('anyone'),
  /** What stands on the button. */
  button: optionalNameSchema(40).default(''),
  /** What people see once they have sent it. */
  result: resultSchema.default({ kind: 'thanks', text: '' }),
  /** Show the result when the run has ended, not as soon as the answers are kept. */
  waits: z.boolean().default(false),
  perMinute: perMinuteSchema.default(30),
  perDay: perDaySchema.default(1_000),
  /** Pages of other sites may show it in a frame. */
  embed: z.boolean().default(false),
};
export const formConfigSchema = z.strictObject(shape);
export type FormConfig = z.output<typeof formConfigSchema>;
/** Settings as a row has them: of before there were more of them, or written by a newer process. */
export const storedFormConfig = z.object(shape);

/** Whether who sent the form waits for the run: its output is shown, or the settings say so. */
export const waitsForRun = ({ result, waits }: Pick<FormConfig, 'result' | 'waits'>): boolean =>
  waits || result.kind === 'output';

/** A field as the page shows it. */
export const formFieldSchema = z.strictObject({
  name: z.string(),
  type: z.enum(inputTypes),
  required: z.boolean(),
  default: z.string(),
  choices: z.string(),
  label: z.string(),
  description: z.string(),
});
export type FormField = z.output<typeof formFieldSchema>;

/** What strangers see of a form. */
export const formViewSchema = z.strictObject({
  title: z.string(),
  description: z.string(),
  button: z.string(),
  /** Whether it takes answers just now. */
  open: z.boolean(),
  fields: z.array(formFieldSchema),
  /** Stands for the fields: another one means that they have changed. */
  shape: z.string(),
});
export type FormView = z.output<typeof formViewSchema>;

/** How a submission stands, as far as who sent it may know. */
export const submissionSchema = z.strictObject({
  state: z.enum(['working', 'waiting', 'done', 'failed']),
  /** What to name when asking about it. */
  reference: z.string(),
  result: z
    .discriminatedUnion('kind', [
      /** Markdown; empty: the usual words. */
      z.strictObject({ kind: z.literal('text'), text: z.string() }),
      z.strictObject({
        kind: z.literal('values'),
        values: z.array(z.strictObject({ name: z.string(), value: z.string() })),
      }),
      z.strictObject({ kind: z.literal('redirect'), url: z.string() }),
    ])
    .nullable(),
});
export type Submission = z.output<typeof submissionSchema>;

/** Why answers were not taken, where the page can do something about it. */
export const refusalSchema = z.discriminatedUnion('reason', [
  z.object({ reason: z.literal('closed') }),
  z.object({ reason: z.literal('changed') }),
  z.object({ reason: z.literal('sent') }),
  z.object({ reason: z.literal('answers'), problems: z.record(z.string(), z.string()) }),
]);

/** Parts of a submission beside the answers; no input can have such a name. */
export const formParts = { key: '$key', shape: '$shape' } as const;
