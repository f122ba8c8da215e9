import { RotateCcw } from 'lucide-react';
import { Button } from '@/components/ui/controls/button';
import type { DraftedAgent } from '@/lib/agents/draft/contract';

/** How a draft was made, and what it assumed. */
export function DraftNote({ drafted, onAgain }: { drafted: DraftedAgent; onAgain: () => void }) {
  const { made, assumptions } = drafted;
  return (
    <section aria-label="How it was drafted" className="rounded-lg border p-3 text-sm">
      <p>{made.note}</p>
      {assumptions.length === 0 ? null : (
        <ul className="mt-2 list-disc space-y-0.5 pl-4 text-muted marker:text-faint">
          {assumptions.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
      <Button size="sm" variant="ghost" className="mt-2 -ml-2" onClick={onAgain}>
        <RotateCcw aria-hidden /> Describe it again
      </Button>
    </section>
  );
}
