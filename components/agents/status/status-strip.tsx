import type { StatusChange } from '@/lib/agents/status/schema';
import { stretchesOf } from './strip';
import { statusMarks } from './texts';

const dayMs = 24 * 3_600_000;

/** The last day of an agent as a strip in the colours of its statuses. The list below it says the same in words. */
export function StatusStrip({ changes }: { changes: readonly StatusChange[] }) {
  const now = Date.now();
  const first = changes.at(-1);
  // A short history fills the strip, so that it can be seen.
  const begun = first === undefined ? now : Date.parse(first.at);
  const start = Math.max(now - dayMs, Math.min(begun, now - 60_000));
  const all = now - start;
  return (
    <div aria-hidden>
      <div className="relative h-3 overflow-hidden rounded-sm bg-hover">
        {stretchesOf(changes, start, now).map(({ status, cause, from, to }) => (
          <span
            key={from}
            title={`${statusMarks[status].label}: ${cause}`}
            className={`absolute inset-y-0 ${statusMarks[status].fill}`}
            style={{
              left: `${((from - start) / all) * 100}%`,
              width: `${((to - from) / all) * 100}%`,
            }}
          />
        ))}
      </div>
      <div className="mt-1 flex justify-between text-2xs text-faint">
        <span>{spanText(all)} ago</span>
        <span>now</span>
      </div>
    </div>
  );
}

function spanText(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  return minutes < 60 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
