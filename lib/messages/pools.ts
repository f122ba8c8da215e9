import { z } from 'zod';
import { agentHandleSchema } from '@/lib/agents/schema';
import { poolNameSchema } from './schema';

/** Which agent of a pool gets a message: the one whose turn it is when it is sent, or the one that is freest when it is taken. */
export const strategies = ['round-robin', 'least-busy'] as const;
export type Strategy = (typeof strategies)[number];

export const maxMembers = 50;
const weightSchema = z.int().min(1).max(10);

const settings = {
  strategy: z.enum(strategies),
  /** None: whoever takes messages from the pool, as steps and programs do. */
  agents: z
    .array(z.strictObject({ agent: agentHandleSchema, weight: weightSchema.default(1) }))
    .max(maxMembers),
};

export const newPoolSchema = z.strictObject({
  name: poolNameSchema,
  strategy: settings.strategy.default('least-busy'),
  agents: settings.agents.default([]),
});

/** What was read of a pool before it is changed; the order of its agents does not count. */
export const poolReadSchema = z.strictObject(settings).partial();
export type PoolRead = z.infer<typeof poolReadSchema>;
export const poolChangeSchema = z
  .strictObject({
    ...poolReadSchema.shape,
    /** What you read: where it is otherwise now, nothing is changed. */
    was: poolReadSchema.optional(),
  })
  .refine(
    ({ strategy, agents }) => strategy !== undefined || agents !== undefined,
    'set strategy or agents',
  );

export const poolSchema = z.strictObject({
  /** The id of its mailbox. */
  id: z.uuid(),
  name: z.string(),
  strategy: z.enum(strategies),
  paused: z.boolean(),
  agents: z.array(
    z.strictObject({
      id: z.uuid(),
      handle: z.string(),
      name: z.string(),
      weight: z.int(),
      /** Tasks from messages that it works on, and how many it may have at once. */
      open: z.int(),
      most: z.int(),
    }),
  ),
  waiting: z.int(),
  held: z.int(),
});
export type PoolView = z.infer<typeof poolSchema>;

/** The order in which agents take their turns: each as often as its weight says, spread as evenly as can be. */
export function turnsOf(members: readonly { id: string; weight: number }[]): string[] {
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  const credit = members.map((one) => ({ ...one, has: 0 }));
  return Array.from({ length: total }, () => {
    for (const one of credit) one.has += one.weight;
    const [first, ...others] = credit;
    if (first === undefined) throw new TypeError('a turn of nobody');
    const next = others.reduce((best, one) => (one.has > best.has ? one : best), first);
    next.has -= total;
    return next.id;
  });
}

export type Member = {
  id: string;
  /** Tasks that it works on, and how many it may have at once. */
  open: number;
  most: number;
  weight: number;
  /** When it was last given something, in milliseconds; undefined for never. */
  givenAt: number | undefined;
};
type Chosen = { id: string; choice: string };

/**
 * Who gets the next `count` messages: each goes to the agent with the least work for what it can do, then to the one that
 * has been idle longest. Fewer where all are full.
 */
export function leastBusy(members: readonly Member[], count: number): Chosen[] {
  const now = members.map((one) => ({ ...one, turn: one.givenAt ?? -1 }));
  const later = Math.max(0, ...now.map(({ turn }) => turn)) + 1;
  const chosen: Chosen[] = [];
  while (chosen.length < count) {
    const [first, ...others] = now.filter(({ open, most }) => open < most);
    if (first === undefined) return chosen;
    const next = others.reduce((best, one) => (isFreer(one, best) ? one : best), first);
    const choice =
      now.length === 1
        ? 'It is the only agent of the pool that is ready.'
        : `Least busy of ${now.length}: it had ${next.open} of ${next.most} tasks.`;
    chosen.push({ id: next.id, choice });
    next.open += 1;
    next.turn = later + chosen.length;
  }
  return chosen;
}

type Candidate = Member & { turn: number };
const shareOf = ({ open, most, weight }: Candidate) => open / (most * weight);
function isFreer(one: Candidate, other: Candidate): boolean {
  const [share, least] = [shareOf(one), shareOf(other)];
  if (share !== least) return share < least;
  // Among those without work, the one with more weight first.
  if (one.turn !== other.turn) return one.turn < other.turn;
  return one.weight !== other.weight ? one.weight > other.weight : one.id < other.id;
}
