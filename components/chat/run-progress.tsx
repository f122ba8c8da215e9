'use client';

import Link from 'next/link';
import { StatusDot } from '@/components/icons/status-dot';
import { Progress } from '@/components/ui/display/progress';
import type { Progress as Steps } from '@/lib/chat/answer';

/** The last steps that are shown while an answer is made. */
const maxShown = 6;

/** How far a workflow's run is, under the place of its answer. */
export function RunProgress({ runId, progress }: { runId: string; progress: Steps }) {
  const { done, total, begun } = progress;
  const shown = begun.slice(-maxShown);
  return (
    <section aria-label="Progress" className="rounded-lg border px-3 py-2.5">
      <div className="flex items-center gap-3 text-xs text-muted tabular">
        <span className="shrink-0">
          {done} of {total} steps
        </span>
        <Progress
          value={total === 0 ? 0 : done / total}
          label="Finished steps"
          className="flex-1"
        />
        <Link
          href={`/runs/${runId}`}
          prefetch={false}
          className="shrink-0 rounded-sm underline-offset-2 hover:text-fg hover:underline"
        >
          Open run
        </Link>
      </div>
      {shown.length > 0 ? (
        <ol aria-label="Steps" className="mt-1.5">
          {begun.length > shown.length ? (
            <li className="text-xs text-faint">{begun.length - shown.length} before</li>
          ) : null}
          {shown.map(({ id, name, status, decided }) => (
            <li key={id} className="flex h-6 items-center gap-2 text-xs">
              <StatusDot status={status} />
              <span className="min-w-0 truncate">{name}</span>
              {decided ? <span className="shrink-0 text-muted">{decided}</span> : null}
            </li>
          ))}
        </ol>
      ) : null}
    </section>
  );
}
