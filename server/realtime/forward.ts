import { can } from '@/lib/people/can';
import { realtimeLimits } from '@/lib/realtime/messages';
import { findMembership } from '@/server/people/find-membership';
import type { Services } from '@/server/services';
import { type Handlers, refuse } from './handlers';
import { type Peer, roomOf } from './peer';
import type { RealtimeStore } from './store';
import { type Emit, Topics } from './topics';

export type ForwardParts = Pick<Services, 'bus' | 'prisma' | 'engine' | 'log'> & {
  store: RealtimeStore;
  emit: Emit;
};

const eventsAtOnce = 1_000;

/** Brings what the bus says of runs and workspaces to the sockets that follow them. */
export function createForward(parts: ForwardParts): {
  handlers: Pick<Handlers, 'run.join' | 'run.leave' | 'run.events' | 'workspace.join'>;
  leaveRun(peer: Peer, runId: string): void;
  leaveWorkspace(peer: Peer, workspaceId: string): void;
  close(): void;
} {
  const { bus, store, engine } = parts;
  const topics = new Topics(parts);

  const allowed = async (peer: Peer, workspaceId: string | undefined) => {
    const member = workspaceId && (await findMembership(parts, peer.userId, workspaceId));
    return member && can(member.role, 'runs.read') ? member : undefined;
  };
  const leaveRun = (peer: Peer, runId: string) => {
    if (!peer.runs.delete(runId)) return;
    void peer.socket.leave(roomOf('run', runId));
    topics.release(`run:${runId}`);
  };
  const leaveWorkspace = (peer: Peer, workspaceId: string) => {
    if (!peer.workspaces.delete(workspaceId)) return;
    void peer.socket.leave(roomOf('workspace', workspaceId));
    topics.release(`workspace:${workspaceId}`);
  };

  return {
    leaveRun,
    leaveWorkspace,
    close: () => topics.close(),
    handlers: {
      'run.join': async (peer, { runId }) => {
        if (!peer.runs.has(runId) && peer.runs.size >= realtimeLimits.runRooms) {
          return refuse('too_many_requests', `A tab may follow ${realtimeLimits.runRooms} runs.`);
        }
        const workspaceId = await store.workspaceOfRun(runId);
        if (!workspaceId || !(await allowed(peer, workspaceId))) return noRun();
        if (!peer.runs.has(runId)) {
          peer.runs.set(runId, workspaceId);
          // Followed before it is read: what happens in between comes twice rather than never.
          void peer.socket.join(roomOf('run', runId));
          await topics.acquire(`run:${runId}`);
          if (!peer.socket.connected) leaveRun(peer, runId);
        }
        const state = await engine.load(runId);
        if (!state) return noRun();
        bus.publish(`run:${runId}`, { kind: 'stream-request' });
        return { ok: true, state };
      },
      'run.leave': (peer, { runId }) => {
        leaveRun(peer, runId);
        return { ok: true };
      },
      'run.events': async (peer, { runId, after }) => {
        if (!peer.runs.has(runId))
          return refuse('resync', 'Join the run before asking for events.');
        const events = await store.runEvents(runId, after, eventsAtOnce + 1);
        const more = events.length > eventsAtOnce;
        return { ok: true, events: events.slice(0, eventsAtOnce), more };
      },
      'workspace.join': async (peer, message) => {
        const member = await allowed(peer, message.workspaceId ?? peer.activeWorkspaceId);
        if (!member) return refuse('not_found', 'This workspace does not exist.');
        const { workspaceId } = member;
        if (!peer.workspaces.has(workspaceId)) {
          peer.workspaces.add(workspaceId);
          void peer.socket.join(roomOf('workspace', workspaceId));
          await topics.acquire(`workspace:${workspaceId}`);
          if (!peer.socket.connected) leaveWorkspace(peer, workspaceId);
        }
        return { ok: true, workspaceId, changed: topics.changedSince(workspaceId, message.ageMs) };
      },
    },
  };
}

const noRun = () => refuse('not_found', 'This run does not exist.');
