import { TriangleAlert } from 'lucide-react';

/** Why a trigger cannot start a run as things stand. */
export function TriggerProblems({ problems }: { problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <ul
      aria-label="Why it cannot start a run"
      className="space-y-1 rounded-md bg-warning-soft px-3 py-2 text-xs text-warning"
    >
      {problems.map((problem) => (
        <li key={problem} className="flex items-start gap-2">
          <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {problem}
        </li>
      ))}
    </ul>
  );
}
