import { AppError } from '@/lib/api/errors';
import type { Services } from '@/server/services';
import type { WorkflowRow } from './store';

const counted = new Map<string, { seq: string; count: number }>();
const remembered = 5_000;

/** How many nodes a draft has. Reads the document only when it changed since the last time. */
export async function countNodes(
  { drafts }: Pick<Services, 'drafts'>,
  { id, draftSeq }: Pick<WorkflowRow, 'id' | 'draftSeq'>,
): Promise<number> {
  const known = counted.get(id);
  if (known?.seq === draftSeq) return known.count;
  // A workflow that was deleted between the two reads has none any more.
  const count = await drafts.read(id).then(
    (definition) => definition.nodes.length,
    (error: unknown) => {
      if (AppError.isInstance(error) && error.code === 'not_found') return 0;
      throw error;
    },
  );
  if (counted.size >= remembered) counted.clear();
  counted.set(id, { seq: draftSeq, count });
  return count;
}
