import { AppError } from '@/lib/api/errors';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { changesBetween } from '@/lib/suggestions/changes';
import type { Change } from '@/lib/suggestions/schema';
import { type Draft, readDraft } from '@/lib/workflows/draft';
import type { Definition } from '@/lib/workflows/schema';
import type { Services } from '@/server/services';
import { insertEdit } from './edit-store';
import { insertAudit } from './store';

export type MadeEdit = {
  definition: Definition;
  changes: Change[];
  /** Absent when nothing changed. */
  editId?: string;
};
type Needs = Pick<Services, 'pool' | 'bus' | 'drafts'>;
type How = {
  /** `api`, `suggestion`, or `undo`. */
  origin: string;
  /** For the audit trail. */
  action: string;
  detail?: Record<string, unknown>;
};

/** Where elements are named in a notice. */
const mostNamed = 3;

/**
 * Edits a draft from outside a browser, through the one door: as this person, with its own origin, told to everybody
 * who has the draft open, and kept with the values before, so that it can be taken back as one. Whatever `change`
 * throws leaves the draft as it was. Throws `not_found`.
 */
export async function editDraft(
  { pool, bus, drafts }: Needs,
  actor: Actor,
  workflowId: string,
  { origin, action, detail = {} }: How,
  change: (draft: Draft) => void,
): Promise<MadeEdit> {
  let before: Definition | undefined;
  const by = { userId: actor.userId, origin };
  const definition = await drafts.edit(workflowId, by, (draft) => {
    before = readDraft(draft.doc, catalogue);
    change(draft);
  });
  if (!before) throw new AppError('internal', 'The draft was not read.');
  const changes = changesBetween(before, definition);
  const named = { name: definition.name, nodes: definition.nodes.length, changes: changes.length };
  const editId = changes.length === 0 ? undefined : await insertEdit(pool, workflowId, by, changes);
  const about = { ...named, ...(editId ? { editId } : {}), ...detail };
  await insertAudit(pool, actor, action, workflowId, about);
  if (editId !== undefined) {
    bus.publish(`draft:${workflowId}`, {
      kind: 'notice',
      text: noticeOf(actor, origin, changes),
      nodeIds: changes.filter(({ part }) => part === 'nodes').map(({ id }) => id),
      by: 'store',
    });
  }
  bus.publish(`workspace:${actor.workspaceId}`, { kind: 'workflow', id: workflowId });
  return { definition, changes, ...(editId ? { editId } : {}) };
}

function noticeOf({ name }: Actor, origin: string, changes: readonly Change[]): string {
  const nodes = changes.filter(({ part }) => part === 'nodes');
  const names = nodes.slice(0, mostNamed).map((change) => `“${change.name}”`);
  const more = nodes.length > mostNamed ? ` and ${nodes.length - mostNamed} more` : '';
  const what = names.length === 0 ? 'the workflow' : `${names.join(', ')}${more}`;
  if (origin === 'undo') return `${name} took back an edit of ${what} via API`;
  if (origin.startsWith('suggestion:')) return `${name} accepted a suggestion for ${what}`;
  return `${name} via API changed ${what}`;
}
