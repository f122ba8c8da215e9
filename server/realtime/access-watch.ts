import { can } from '@/lib/people/can';
import type { Role } from '@/lib/people/schema';
import type { Bus } from '@/server/bus/bus';
import type { Log } from '@/server/log';
import type { Peer } from './peer';
import { pairKey, type RealtimeStore } from './store';

/** What to do with a socket whose rights changed. */
export type AccessChanges = {
  /** The session ended or was signed out. */
  signedOut(peer: Peer): void;
  /** The person left the workspace, or the workflow was deleted. */
  lostDraft(peer: Peer, workflowId: string): void;
  lostRun(peer: Peer, runId: string): void;
  lostWorkspace(peer: Peer, workspaceId: string): void;
  roleChanged(peer: Peer, workflowId: string, role: Role): void;
};

export type AccessWatch = {
  /** Looks at once, after what was asked before. */
  check(): Promise<void>;
  /** Undefined while what is known is fresh; else a look that ends when it is again. Rejects when it cannot be. */
  fresh(): Promise<void> | undefined;
  stop(): void;
};

/** How often rights are looked up; a change of a member is heard at once. */
const everyMs = 700;
/** Nothing is decided by what was known longer ago. */
const freshMs = 1_000;

/** Keeps what sockets may do in step with the rows. */
export function watchAccess(parts: {
  store: RealtimeStore;
  bus: Bus;
  log: Log;
  peers(): Peer[];
  changes: AccessChanges;
}): AccessWatch {
  const { store, bus, log, changes } = parts;
  const topics = new Map<string, Promise<() => void>>();
  let knownAt = performance.now();
  let running: Promise<void> | undefined;
  let freshening: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let over = false;

  const look = async () => {
    const began = performance.now();
    const peers = parts.peers();
    follow(new Set(peers.flatMap((peer) => [...workspacesOf(peer)])));
    await checkAccess(store, peers, changes);
    knownAt = began;
  };
  const check = async (): Promise<void> => {
    const before = running;
    await before?.catch(() => undefined);
    if (running === before || running === undefined) {
      running = look().finally(() => {
        running = undefined;
      });
    }
    await running;
  };
  const warned = () =>
    check().catch((error: unknown) =>
      log.warn({ err: error }, 'rights of sockets were not checked'),
    );
  const follow = (workspaces: ReadonlySet<string>) => {
    for (const [id, stop] of topics) {
      if (workspaces.has(id)) continue;
      topics.delete(id);
      stop.then((end) => end()).catch(() => undefined);
    }
    for (const id of workspaces) {
      if (topics.has(id)) continue;
      const heard = bus.subscribe(`workspace:${id}`, ({ kind }) => {
        if (kind === 'member' && !over) void warned();
      });
      heard.catch(() => topics.delete(id));
      topics.set(id, heard);
    }
  };
  const turn = async () => {
    await warned();
    if (!over) timer = setTimeout(turn, everyMs);
  };
  timer = setTimeout(turn, everyMs);
  return {
    check,
    fresh() {
      if (freshening === undefined && performance.now() - knownAt < freshMs) return undefined;
      // One for all who ask meanwhile: what they do afterwards stays in their order.
      freshening ??= check().finally(() => {
        freshening = undefined;
      });
      return freshening;
    },
    stop() {
      over = true;
      clearTimeout(timer);
      follow(new Set());
    },
  };
}

/** Looks up what all sockets of the process may do, in three statements, and tells what changed. */
export async function checkAccess(
  store: RealtimeStore,
  peers: readonly Peer[],
  changes: AccessChanges,
): Promise<void> {
  if (peers.length === 0) return;
  const pairs = new Map<string, { userId: string; workspaceId: string }>();
  for (const peer of peers) {
    for (const workspaceId of workspacesOf(peer)) {
      pairs.set(pairKey(peer.userId, workspaceId), { userId: peer.userId, workspaceId });
    }
  }
  const workflows = new Set(peers.flatMap((peer) => [...peer.drafts.keys()]));
  const [roles, sessions, live] = await Promise.all([
    pairs.size > 0 ? store.roles([...pairs.values()]) : new Map<string, Role>(),
    store.liveSessions([...new Set(peers.map((peer) => peer.sessionId))]),
    workflows.size > 0 ? store.liveWorkflows([...workflows]) : workflows,
  ]);
  for (const peer of peers) {
    if (!sessions.has(peer.sessionId)) changes.signedOut(peer);
    else compare(peer, { roles, live, asked: pairs, askedWorkflows: workflows }, changes);
  }
}

type Known = {
  roles: ReadonlyMap<string, Role>;
  live: ReadonlySet<string>;
  /** What was asked for: what a socket began to follow since is not judged by these answers. */
  asked: ReadonlyMap<string, unknown>;
  askedWorkflows: ReadonlySet<string>;
};

function compare(peer: Peer, known: Known, changes: AccessChanges): void {
  const roleIn = (workspaceId: string): Role | 'unknown' | undefined => {
    const key = pairKey(peer.userId, workspaceId);
    return known.asked.has(key) ? known.roles.get(key) : 'unknown';
  };
  for (const [workflowId, draft] of [...peer.drafts]) {
    const role = roleIn(draft.workspaceId);
    if (role === 'unknown') continue;
    const deleted = known.askedWorkflows.has(workflowId) && !known.live.has(workflowId);
    if (deleted || !role || !can(role, 'workflows.read')) changes.lostDraft(peer, workflowId);
    else if (role !== draft.role) changes.roleChanged(peer, workflowId, role);
  }
  for (const [runId, workspaceId] of [...peer.runs]) {
    if (!roleIn(workspaceId)) changes.lostRun(peer, runId);
  }
  for (const workspaceId of [...peer.workspaces]) {
    if (!roleIn(workspaceId)) changes.lostWorkspace(peer, workspaceId);
  }
}

const workspacesOf = (peer: Peer): Set<string> =>
  new Set([
    ...[...peer.drafts.values()].map((draft) => draft.workspaceId),
    ...peer.runs.values(),
    ...peer.workspaces,
  ]);
