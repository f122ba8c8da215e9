import type { Pool } from 'pg';
import { priorities } from '@/lib/messages/schema';
import { samplesOf } from './stats-store';

/** Messages of all workspaces together, in Prometheus' text format: by state and priority, never by whose they are. */
export async function messageMetrics(pool: Pool): Promise<string> {
  const lines = (await samplesOf(pool)).map(
    ({ state, priority, count }) =>
      `ensemble_messages{state="${state}",priority="${priorities[priority] ?? 'normal'}"} ${count}`,
  );
  return [
    '# HELP ensemble_messages Deliveries that are open, and those that ended within a day.',
    '# TYPE ensemble_messages gauge',
    ...lines,
    '',
  ].join('\n');
}
