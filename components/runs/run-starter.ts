import type { RunSummary } from '@/lib/runs/contract';
import type { RunTrigger } from '@/lib/runs/schema';

type Started = Pick<RunSummary, 'startedBy' | 'trigger'>;

const ways: Record<RunTrigger, string> = {
  manual: 'manually',
  api: 'through the API',
  chat: 'from chat',
  schedule: 'on a schedule',
  webhook: 'by a webhook',
  form: 'by a form',
  mail: 'by an email',
  message: 'by a message',
  try: 'as a try',
  step: 'by a step',
};
const nobody: Partial<Record<RunTrigger, string>> = {
  schedule: 'A schedule',
  webhook: 'A webhook',
  form: 'A form',
  mail: 'An email',
  message: 'A message',
};

/** Who or what started a run. */
export function starterName({ startedBy, trigger }: Started): string {
  return startedBy ?? nobody[trigger] ?? 'Someone';
}

/** "Ana manually", "On schedule". */
export function startedHow({ startedBy, trigger }: Started): string {
  const way = ways[trigger];
  if (startedBy === null && nobody[trigger]) return way.charAt(0).toUpperCase() + way.slice(1);
  return `${startedBy ?? 'Someone'} ${way}`;
}
