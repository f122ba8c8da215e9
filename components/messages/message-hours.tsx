import { formatCount } from '@/components/ui/format';
import type { MessageStats } from '@/lib/messages/stats';

const size = { width: 120, height: 20 };

/** What ended in each hour of the last day: done above the line of those that failed; the words beside it say the same. */
export function MessageHours({
  hours,
  wait,
}: {
  hours: MessageStats['hours'];
  wait: number | null;
}) {
  const most = Math.max(1, ...hours.map(({ done, failed }) => done + failed));
  const step = size.width / Math.max(1, hours.length);
  const ended = hours.reduce((sum, { done, failed }) => sum + done + failed, 0);
  const high = (count: number) =>
    count === 0 ? 0 : Math.max(1.5, (count / most) * (size.height - 1));
  return (
    <span className="inline-flex items-center gap-2 text-muted max-md:hidden">
      <svg aria-hidden width={size.width} height={size.height}>
        {hours.map(({ at, done, failed }, index) => (
          <g key={at}>
            <rect
              x={index * step}
              y={size.height - 1}
              width={step - 1}
              height={1}
              className="fill-border-strong"
            />
            <rect
              x={index * step}
              y={size.height - high(done) - high(failed)}
              width={step - 1}
              height={high(done)}
              className="fill-success/70"
            />
            <rect
              x={index * step}
              y={size.height - high(failed)}
              width={step - 1}
              height={high(failed)}
              className="fill-danger"
            />
          </g>
        ))}
      </svg>
      <span>
        <span className="text-fg tabular">{formatCount(ended)}</span> ended in a day
        {wait === null ? '' : `, 95 % taken within ${waitText(wait)}`}
      </span>
    </span>
  );
}

function waitText(ms: number): string {
  if (ms < 1_000) return `${ms} ms`;
  const seconds = ms / 1_000;
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
