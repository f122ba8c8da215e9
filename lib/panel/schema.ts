import { z } from 'zod';

/** Agents of one panel. */
export const maxPanel = 5;
/** Rounds in which they see what the others claim. */
export const maxRounds = 2;

/** What happens when the agents of a panel disagree: count them, let them discuss first, or ask a person at once. */
export const panelPolicies = ['discuss', 'vote', 'ask'] as const;
export type PanelPolicy = (typeof panelPolicies)[number];

const short = z.string().trim().max(2_000);
const list = z
  .array(short)
  .transform((items) => items.filter((item) => item !== '').slice(0, 10))
  .catch([]);

/** What an agent answers, with what it rests on. */
export const replySchema = z.object({
  answer: z.string().trim().min(1).max(100_000),
  claims: list,
  evidence: list,
  /** How sure it says it is: kept, and never counted. */
  sure: z.number().min(0).max(1).catch(0),
  /** In a round: whether it gives up its answer for another one. */
  changed: z.boolean().catch(false),
});
export type Reply = z.infer<typeof replySchema>;

/** An agent's reply that counts, by the agent's place in the panel. */
export type Position = Reply & { member: number };

/** What happened so far; each entry was paid for once and is never asked again. */
export const panelEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('asked'),
    /** 0 is blind; then the rounds. */
    round: z.int(),
    members: z.array(z.int()),
    replies: z.array(replySchema.extend({ member: z.int() })),
  }),
  /** Which open answers say the same: groups of members. */
  z.object({ kind: z.literal('compared'), groups: z.array(z.array(z.int())) }),
  /** What the judge chose in the one order and in the other: places of groups, or null for none. */
  z.object({ kind: z.literal('judged'), picks: z.array(z.int().nullable()) }),
  /** What a person chose: the place of a group, or null for none. */
  z.object({ kind: z.literal('decided'), by: z.string(), pick: z.int().nullable() }),
]);
export type PanelEvent = z.infer<typeof panelEventSchema>;

const heldSchema = z.strictObject({
  agents: z.array(z.string()),
  answer: z.string(),
  claims: z.array(z.string()),
  evidence: z.array(z.string()),
});

/** How the answer came about: by agreement, by a vote before or after a discussion, by the judge, by a person, or not. */
export const panelWays = [
  ...(['agreed', 'voted', 'discussed', 'judged', 'decided'] as const),
  ...(['alone', 'capped', 'unsettled'] as const),
] as const;
export type PanelWay = (typeof panelWays)[number];

/** What a panel came to, as it is kept and shown. */
export const panelOutcomeSchema = z.strictObject({
  way: z.enum(panelWays),
  /** Names of the agents, in the order in which they were asked. */
  agents: z.array(z.string()),
  /** Those that gave no answer. */
  silent: z.array(z.string()),
  /** Who holds the answer, out of all that gave one. */
  held: heldSchema,
  dissent: z.array(heldSchema),
  rounds: z.int(),
  /** Agents that gave up their answer in a round, with new evidence. */
  moved: z.array(z.string()),
  by: z.string().optional(),
  /** Models that answered. */
  models: z.array(z.string()),
  notes: z.array(z.string()),
  /** The scripted model had a part in it. */
  rehearsed: z.boolean(),
});
export type PanelOutcome = z.infer<typeof panelOutcomeSchema>;
