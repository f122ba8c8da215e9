import { UserSearch } from 'lucide-react';
import Link from 'next/link';
import { needsText } from '@/lib/agents/assignment/needs';
import type { Assignment } from '@/lib/agents/assignment/record';

/** That a step waits for an agent that fits, and what is missing. */
export function NobodyFits({ name, waits }: { name: string | undefined; waits: Assignment }) {
  const { missing = [], needs } = waits;
  return (
    <section
      aria-label="No agent fits"
      className="overflow-hidden rounded-lg border border-warning/50"
    >
      <header className="flex items-center gap-2 border-b border-warning/30 bg-warning-soft px-3 py-2 text-xs font-medium text-warning">
        <UserSearch className="size-3.5 shrink-0" aria-hidden />
        <span className="min-w-0 flex-1 truncate">
          {name === undefined ? '' : `${name}: `}no agent fits
        </span>
      </header>
      <div className="space-y-2 p-3 text-sm">
        <p className="text-xs text-muted">Needed: {needsText(needs)}.</p>
        <ul className="space-y-1">
          {missing.map((gap) => (
            <li key={gap}>{gap}</li>
          ))}
        </ul>
        <p className="text-xs text-muted">
          It goes on as soon as an agent fits.{' '}
          <Link href="/agents" className="text-accent underline underline-offset-2">
            Agents
          </Link>
        </p>
      </div>
    </section>
  );
}
