'use client';

import { useMessageStats } from '@/components/data/message-queries';
import { formatCount } from '@/components/ui/format';
import { MessageHours } from './message-hours';

/** What was sent, and where it is now: the parts always add up to the whole. */
export function MessageTotals() {
  const { data } = useMessageStats();
  if (data === undefined) return null;
  const { waiting, behind, held, done, dead, expired, cancelled } = data;
  const sent = waiting + behind + held + done + dead + expired + cancelled;
  const parts: [string, number, string][] = [
    ['Waiting', waiting + behind, 'bg-info'],
    ['In progress', held, 'bg-accent'],
    ['Done', done, 'bg-success'],
    ['Failed', dead, 'bg-danger'],
    ['Expired', expired, 'bg-warning'],
    ['Cancelled', cancelled, 'bg-faint'],
  ];
  const shown = parts.filter(([, count]) => count > 0);
  return (
    <section
      aria-label="All messages"
      className="flex flex-wrap items-center gap-x-5 gap-y-2 border-b px-4 py-2 text-xs"
    >
      <span>
        <strong className="text-sm font-medium tabular">{formatCount(sent)}</strong>{' '}
        <span className="text-muted">sent to mailboxes</span>
      </span>
      <span
        aria-hidden
        className="flex h-1.5 min-w-24 flex-1 overflow-hidden rounded-full bg-hover"
      >
        {shown.map(([name, count, color]) => (
          <span key={name} className={color} style={{ width: `${(count / sent) * 100}%` }} />
        ))}
      </span>
      <MessageHours hours={data.hours} wait={data.waitP95Ms} />
      {shown.map(([name, count, color]) => (
        <span key={name} className="inline-flex items-center gap-1.5 text-muted">
          <span aria-hidden className={`size-2 rounded-full ${color}`} />
          {name} <span className="text-fg tabular">{formatCount(count)}</span>
        </span>
      ))}
    </section>
  );
}
