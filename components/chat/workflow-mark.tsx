import { Workflow } from 'lucide-react';

/** Stands where an agent has its picture. */
export function WorkflowMark() {
  return (
    <span
      aria-hidden
      className="flex size-6 shrink-0 items-center justify-center rounded-md border bg-raised text-muted"
    >
      <Workflow className="size-3.5" />
    </span>
  );
}
