import { z } from 'zod';
import { repeatedNameSchema } from '@/lib/names/schema';
import { elementIdSchema, workflowLimits } from '@/lib/workflows/schema';

/** Limits of comments; what is over them is refused with the limit's name. */
export const commentLimits = {
  bodyLength: 5_000,
  quoteLength: 500,
  /** Open threads of one workflow; resolved ones do not count. */
  openThreads: 500,
  commentsPerThread: 500,
  /** Comments of one person within a minute. */
  perMinute: 30,
} as const;

const clockId = z.strictObject({ client: z.int().min(0), clock: z.int().min(0) });

/** A Yjs relative position in JSON: it stays where it is while others edit before and after it. */
export const relativePositionSchema = z.strictObject({
  type: clockId.nullish(),
  tname: z.string().max(100).nullish(),
  item: clockId.nullish(),
  assoc: z.int().optional(),
});
export type RelativePosition = z.infer<typeof relativePositionSchema>;

/** Name of what the comment was put on, as it was then: for when it is gone. */
const label = repeatedNameSchema(workflowLimits.nameLength).default('');

/** What a thread is about. */
export const anchorSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('workflow') }),
  z.strictObject({ kind: z.literal('node'), nodeId: elementIdSchema, label }),
  z.strictObject({ kind: z.literal('edge'), edgeId: elementIdSchema, label }),
  /** Canvas coordinates. */
  z.strictObject({ kind: z.literal('point'), x: z.number(), y: z.number() }),
  z.strictObject({
    kind: z.literal('text'),
    nodeId: elementIdSchema,
    label,
    /** The field's path in the node's config, joined by `.`. */
    field: z.string().min(1).max(200),
    start: relativePositionSchema,
    end: relativePositionSchema,
    /** What stood there when the comment was written. */
    quote: z.string().max(commentLimits.quoteLength),
  }),
]);
export type Anchor = z.infer<typeof anchorSchema>;

/** Markdown; somebody is mentioned by `@[Name](user:id)`. */
export const bodySchema = z
  .string()
  .trim()
  .min(1, 'write something')
  .max(commentLimits.bodyLength, `use at most ${commentLimits.bodyLength} characters`);
