import { AppError } from '@/lib/api/errors';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { changesBetween } from '@/lib/suggestions/changes';
import type { Change } from '@/lib/suggestions/schema';
import { type Draft, readDraft } from '@/lib/workflows/draft/draft';
import type { Definition } from '@/lib/workflows/schema';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import type { WriteOptions, Written } from '../draft/draft-write';
import { insertEdit } from './edit-store';

export type MadeEdit = Written & {
  changes: Change[];
  /** Absent when nothing changed. */
  editId?: string;
};
type Needs = Pick<Services, 'bus' | 'drafts'>;
type How = {
  /** `api`, `suggestion`, or `undo`. */
  source: string;
  /** For the audit trail. */
  action: string;
  detail?: Record<string, unknown>;
  /** Nobody is told by a notice: whoever did it saw it. */
  quiet?: boolean;
} & Pick<WriteOptions, 'ifNumber' | 'alongside'>;

/** Where elements are named in a notice. */
const maxNamed = 3;

/**
 * Edits a draft from outside a browser, as this person: told to everybody who has the draft open, and kept with the
 * values before, so that it can be taken back as one. The edit, what is kept of it and its line in the audit trail are
 * committed together, with what `alongside` adds. Throws as {@link writeDraftExclusively}, and what `change` throws.
 */
export async function editDraft(
  { bus, drafts }: Needs,
  actor: Actor,
  workflowId: string,
  { source, action, detail = {}, quiet = false, ifNumber, alongside }: How,
  change: (draft: Draft) => void,
): Promise<MadeEdit> {
  let before: Definition | undefined;
  let made: Pick<MadeEdit, 'changes' | 'editId'> = { changes: [] };
  const by = { userId: actor.userId, source };
  const written = await drafts.edit(
    workflowId,
    by,
    (draft) => {
      before = readDraft(draft.doc, catalogue);
      change(draft);
    },
    {
      ifNumber,
      alongside: async (client, result) => {
        const { definition } = result;
        if (!before) throw new AppError('internal', 'The draft was not read.');
        const changes = changesBetween(before, definition);
        const named = {
          name: definition.name,
          nodes: definition.nodes.length,
          changes: changes.length,
        };
        const editId =
          changes.length === 0 ? undefined : await insertEdit(client, workflowId, by, changes);
        made = { changes, ...(editId ? { editId } : {}) };
        const about = { ...named, ...(editId ? { editId } : {}), ...detail };
        await insertAudit(client, actor, action, { type: 'workflow', id: workflowId }, about);
        await alongside?.(client, result);
      },
    },
  );
  const { changes, editId } = made;
  const notices = [
    ...(editId === undefined || quiet
      ? []
      : [{ text: noticeOf(actor, source, changes), nodeIds: nodesOf(changes) }]),
    ...(written.repaired ? [written.repaired] : []),
  ];
  for (const { text, nodeIds } of notices) {
    bus.publish(`draft:${workflowId}`, { kind: 'notice', text, nodeIds, by: 'store' });
  }
  bus.publish(`workspace:${actor.workspaceId}`, { kind: 'workflow', id: workflowId });
  return { ...written, ...made };
}

const nodesOf = (changes: readonly Change[]): string[] =>
  changes.filter(({ part }) => part === 'nodes').map(({ id }) => id);

function noticeOf({ name }: Actor, source: string, changes: readonly Change[]): string {
  const nodes = changes.filter(({ part }) => part === 'nodes');
  const names = nodes.slice(0, maxNamed).map((change) => `“${change.name}”`);
  const more = nodes.length > maxNamed ? ` and ${nodes.length - maxNamed} more` : '';
  const what = names.length === 0 ? 'the workflow' : `${names.join(', ')}${more}`;
  if (source === 'undo') return `${name} took back an edit of ${what} via API`;
  if (source.startsWith('suggestion:')) return `${name} accepted a suggestion for ${what}`;
  return `${name} via API changed ${what}`;
}
