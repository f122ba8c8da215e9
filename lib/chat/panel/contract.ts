import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { maxPanel, panelPolicies } from '@/lib/panel/schema';
import { usdNumberSchema } from '@/lib/spending/pico';

/** What a panel in a chat may cost where nobody says. */
export const usualCapUsd = 1;

export const panelRulesSchema = z.strictObject({
  policy: z.enum(panelPolicies).default('discuss'),
  /** Looked at before each further step, in US dollars. */
  capUsd: usdNumberSchema(1_000).default(usualCapUsd),
});
export type PanelRules = z.infer<typeof panelRulesSchema>;

export const estimatePanel = defineRoute({
  id: 'chat.panel-estimate',
  method: 'POST',
  path: '/panel-estimates',
  summary: 'What a panel of agents would cost, before it is asked.',
  tag: 'Chat',
  permission: 'chat.write',
  body: z.strictObject({
    agents: z.array(z.uuid()).min(2).max(maxPanel),
    text: z.string().max(50_000).default(''),
    policy: z.enum(panelPolicies).default('discuss'),
  }),
  result: z.strictObject({
    /** Calls of models: when the first two agree, and when all steps are taken. */
    calls: z.strictObject({ least: z.int(), most: z.int() }),
    /** In US dollars; null where the price of a model is unknown. */
    costUsd: z.strictObject({ least: z.string(), most: z.string() }).nullable(),
    /** Models that would answer; one alone makes agreement worth less. */
    models: z.array(z.string()),
  }),
});
