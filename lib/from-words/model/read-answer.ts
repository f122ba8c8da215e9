import { z } from 'zod';
import { withRowIds } from '@/lib/workflows/draft/row-ids';
import type { Catalogue } from '@/lib/workflows/node-catalogue';
import type { Definition } from '@/lib/workflows/schema';
import { type Drafted, type DraftedStep, definitionOf } from '../drafted';
import type { Known } from '../rules/weave';
import { type DraftedTrigger, scheduleAt } from '../trigger/drafted-trigger';

const stepSchema = z.object({
  id: z.string(),
  type: z.string(),
  name: z.string(),
  does: z.string().max(1_000),
  config: z.record(z.string(), z.json()),
  after: z.array(z.string()),
  group: z.string().optional(),
});
const answerSchema = z.object({
  title: z.string(),
  trigger: z.enum(['manual', 'schedule', 'webhook', 'form', 'chat', 'mail']),
  cron: z.string().default(''),
  steps: z.array(stepSchema).min(1).max(30),
  assumptions: z.array(z.string().max(500)).max(20).default([]),
});

export type ReadAnswer =
  | { ok: true; drafted: Drafted; definition: Definition }
  | { ok: false; problems: string[] };

/** The draft in a model's answer. What cannot be a workflow is told as sentences for whoever wrote it; never throws. */
export function readAnswer(
  value: unknown,
  {
    description,
    name,
    catalogue,
    known,
  }: { description: string; name: string | undefined; catalogue: Catalogue; known: Known },
): ReadAnswer {
  const parsed = answerSchema.safeParse(value);
  if (!parsed.success) return refused(parsed.error);
  const { title, cron, steps, assumptions, ...read } = parsed.data;
  const trigger = triggerOf(read.trigger, cron, known);
  if (trigger === undefined) {
    return { ok: false, problems: [`The cron expression "${cron.slice(0, 100)}" cannot be used.`] };
  }
  const unknown = new Set<string>();
  const drafted: Drafted = {
    ...{ title: name ?? title, description, trigger },
    steps: steps.map((step) => toStep(step, catalogue, known, unknown)),
    assumptions: [...assumptions.map((each) => each.trim()).filter((each) => each !== '')],
  };
  for (const agent of unknown) {
    drafted.assumptions.push(
      `There is no agent “${agent.slice(0, 60)}” here: a general assistant does it.`,
    );
  }
  try {
    return { ok: true, drafted, definition: definitionOf(drafted, catalogue) };
  } catch (error) {
    if (error instanceof z.ZodError) return refused(error);
    throw error;
  }
}

function refused(error: z.ZodError): { ok: false; problems: string[] } {
  const lines = error.issues.map(
    ({ path, message }) => `${path.map(String).join('.')}: ${message}`,
  );
  return { ok: false, problems: lines.slice(0, 10) };
}

function triggerOf(
  kind: z.infer<typeof answerSchema>['trigger'],
  cron: string,
  { timeZone, mailbox = '' }: Pick<Known, 'timeZone' | 'mailbox'>,
): DraftedTrigger | null | undefined {
  switch (kind) {
    case 'manual':
      return null;
    case 'schedule':
      return scheduleAt(cron, timeZone);
    case 'webhook':
      return { kind, config: { answer: 'now' } };
    case 'mail':
      return { kind, config: { connection: mailbox } };
    case 'form':
    case 'chat':
      return { kind, config: {} };
  }
}

function toStep(
  { group, ...step }: z.infer<typeof stepSchema>,
  catalogue: Catalogue,
  known: Known,
  unknown: Set<string>,
): DraftedStep {
  const config = withRowIds(step.type, step.config, catalogue);
  const { agent } = config;
  if (
    step.type === 'agent' &&
    typeof agent === 'string' &&
    agent !== '' &&
    !known.agents.includes(agent)
  ) {
    unknown.add(agent);
    config.agent = '';
  }
  return { ...step, config, ...(group === undefined || group === '' ? {} : { group }) };
}
