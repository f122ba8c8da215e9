import { Scissors } from 'lucide-react';
import type { Call } from '@/lib/runs/schema';

type Noted = { name?: string; calls?: readonly Call[] | undefined };

/** What people should know of answers that were cut, or whose prompt was: one line each, below them. */
export function AnswerNotes({ of }: { of: readonly Noted[] }) {
  const notes = of.flatMap(({ name, calls }) => {
    // Calls before the last one gave no answer, or one that went into it.
    const note = calls?.at(-1)?.note;
    return note === undefined ? [] : [name === undefined ? note : `“${name}”: ${note}`];
  });
  return [...new Set(notes)].map((note) => (
    <p key={note} role="note" className="flex items-baseline gap-1.5 text-xs text-warning">
      <Scissors aria-hidden className="size-3 shrink-0 self-center" /> {note}
    </p>
  ));
}
