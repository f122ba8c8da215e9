import type { Session } from '@/components/session/session';
import { toast } from '@/components/ui/controls/toast';
import { refsIn } from '@/lib/runs/blobs';
import type { Json } from '@/lib/workflows/draft/draft-value';

/** Pins what a step gave; opens the dialog for what is too large. */
export function pinOutput({ actions }: Session, nodeId: string, output: unknown): void {
  // What is kept apart from its run is too large to pin: the dialog says so.
  if (refsIn(output).length > 0) {
    actions.editPin(nodeId);
    return;
  }
  const reason = actions.pin(nodeId, output as Json);
  if (reason !== undefined) toast.error('The output was not pinned', { description: reason });
}
