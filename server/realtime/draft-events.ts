import { AppError } from '@/lib/api/errors';
import { can } from '@/lib/people/can';
import type { Role } from '@/lib/people/schema';
import { realtimeLimits } from '@/lib/realtime/messages';
import { findMembership } from '@/server/people/find-membership';
import type { Services } from '@/server/services';
import type { AccessWatch } from './access-watch';
import { hasEnough } from './connection-guard';
import { type Handlers, refuse } from './handlers';
import { type Peer, roomOf } from './peer';
import type { Hub, OpenDraft } from './room/hub';
import type { RealtimeStore } from './store';
import { isWatcherId, watcherId } from './watcher-id';

export type DraftParts = Pick<Services, 'config' | 'drafts' | 'prisma'> & {
  hub: Hub;
  store: RealtimeStore;
  access: Pick<AccessWatch, 'fresh'>;
};

/** Answers to what sockets do with drafts. */
export function createDraftEvents(
  parts: DraftParts,
): Pick<Handlers, 'draft.join' | 'draft.leave' | 'draft.update' | 'draft.awareness'> {
  return {
    'draft.join': (peer, message) => {
      const now = performance.now();
      if (!peer.budgets.joins.take(now) || !peer.together.joins.take(now)) {
        return refuse(
          'too_many_requests',
          'Too many workflows were opened at once. Try again in a moment.',
        );
      }
      // One after another: what is made for the first has been sent, or counts as unsent, when the next is made.
      const joined = peer.joining.then(() => join(parts, peer, message));
      peer.joining = joined.catch(() => undefined);
      return joined;
    },
    'draft.leave': (peer, { workflowId }) => {
      leaveDraft(parts.hub, peer, workflowId);
      return { ok: true };
    },
    'draft.update': async (peer, { workflowId, update, origin }) => {
      // Nothing is taken in by a role that was known a second ago.
      await parts.access.fresh()?.catch(() => {
        throw new AppError('unavailable', 'Your role could not be checked.');
      });
      const draft = peer.drafts.get(workflowId);
      if (!draft) return refuse('resync', 'Join the draft before sending updates.');
      if (!can(draft.role, 'workflows.edit')) {
        return refuse('forbidden', `Your role (${draft.role}) cannot change this workflow.`);
      }
      const bytes = Buffer.from(update, 'base64');
      const now = performance.now();
      const { updates, bytes: byteBudget } = peer.budgets;
      if (!updates.take(now) || !byteBudget.take(now, bytes.byteLength)) {
        return refuse('too_many_requests', 'Too many edits at once. They will be sent again.');
      }
      return draft.open.room.submit(bytes, peer.userId, origin);
    },
    'draft.awareness': (peer, { workflowId, update }) => {
      const draft = peer.drafts.get(workflowId);
      if (!draft) return refuse('resync', 'Join the draft before telling where you are.');
      if (!peer.budgets.awareness.take(performance.now())) return { ok: true };
      const { clientId } = draft;
      const { userId, userName } = peer;
      const sender = { clientId, userId, userName };
      return draft.open.presence.submit(Buffer.from(update, 'base64'), sender)
        ? { ok: true }
        : refuse('invalid_input', 'This is not your own presence.');
    },
  };
}

/** Ends a socket's part in a draft. */
export function leaveDraft(hub: Hub, peer: Peer, workflowId: string): void {
  const draft = peer.drafts.get(workflowId);
  if (!draft) return;
  peer.drafts.delete(workflowId);
  void peer.socket.leave(roomOf('draft', workflowId));
  draft.open.presence.leave(draft.clientId);
  draft.open.holders.leave(draft.clientId, draft.end);
  hub.release(workflowId);
}

const join = async (
  parts: DraftParts,
  peer: Peer,
  message: Parameters<Handlers['draft.join']>[1],
): Promise<Awaited<ReturnType<Handlers['draft.join']>>> => {
  const { workflowId } = message;
  if (!peer.drafts.has(workflowId) && peer.drafts.size >= realtimeLimits.draftRooms) {
    return refuse('too_many_requests', `A tab may open ${realtimeLimits.draftRooms} drafts.`);
  }
  const workspaceId = await parts.store.workspaceOfWorkflow(workflowId);
  const member = workspaceId && (await findMembership(parts, peer.userId, workspaceId));
  if (!workspaceId || !member || !can(member.role, 'workflows.read')) return noWorkflow();
  const open = await parts.hub.acquire(workflowId);
  if (!open) return noWorkflow();
  let kept = false;
  try {
    const clientId = await clientIdFor(parts, peer, open, message, member.role);
    if (hasEnough(peer)) {
      return refuse('too_many_requests', 'What was sent before has not arrived yet.');
    }
    const missing = missingFor(open, message.stateVector);
    if (!missing) return refuse('invalid_input', 'stateVector is not a Yjs state vector.');
    // A socket that closed while this waited has nobody to release the draft for it.
    if (!peer.socket.connected) return refuse('unavailable', 'The connection is closed.');
    leaveDraft(parts.hub, peer, workflowId);
    // A tab that connects again takes its id along; whatever else still holds it is disconnected.
    const end = () => void peer.socket.disconnect(true);
    open.holders.take(clientId, end);
    kept = true;
    peer.drafts.set(workflowId, { workspaceId, role: member.role, clientId, open, end });
    void peer.socket.join(roomOf('draft', workflowId));
    return {
      ok: true,
      ...missing,
      clientId,
      userId: peer.userId,
      userName: peer.userName,
      role: member.role,
      canEdit: can(member.role, 'workflows.edit'),
      awareness: open.presence.everybody(),
      locks: [...open.room.locks],
    };
  } finally {
    if (!kept) parts.hub.release(workflowId);
  }
};

/**
 * The id that the socket asks to keep, if it was issued to its person; a new one else. Only who may edit gets one that
 * is stored.
 */
async function clientIdFor(
  { config, drafts }: DraftParts,
  peer: Peer,
  { room }: OpenDraft,
  message: { workflowId: string; clientId?: number | undefined },
  role: Role,
): Promise<number> {
  const { workflowId, clientId: wanted } = message;
  const keeps =
    wanted !== undefined &&
    (await drafts.ownedClientIds(workflowId, [wanted], peer.userId)).has(wanted);
  if (!keeps && !can(role, 'workflows.edit')) {
    const { authSecret } = config;
    return wanted !== undefined && isWatcherId(authSecret, workflowId, peer.userId, wanted)
      ? wanted
      : watcherId(authSecret, workflowId, peer.userId);
  }
  const clientId = keeps ? wanted : await drafts.issueClientId(workflowId, peer.userId);
  room.issued(clientId, peer.userId);
  return clientId;
}

function missingFor({ room }: OpenDraft, stateVector: Uint8Array | undefined) {
  try {
    // Whoever has nothing gets the copy that is made once for all.
    const empty = stateVector?.byteLength === 1 && stateVector[0] === 0;
    return room.missingFor(empty ? undefined : stateVector);
  } catch {
    return undefined;
  }
}

const noWorkflow = () => refuse('not_found', 'This workflow does not exist.');
