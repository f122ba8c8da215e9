import { can } from '@/lib/people/can';
import { realtimeLimits } from '@/lib/realtime/messages';
import type { Topic } from '@/server/bus/bus';
import { findMembership } from '@/server/people/find-membership';
import type { Services } from '@/server/services';
import { type Handlers, refuse } from './handlers';
import { type Peer, roomOf } from './peer';
import type { RealtimeStore } from './store';

/** Sends to all sockets of this process in a Socket.IO room. */
export type Emit = (room: string, event: string, message: object) => void;
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
} {
  const { bus, store, engine } = parts;
  const topics = createTopics(parts);

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
        return { ok: true, workspaceId };
      },
    },
  };
}

/** One subscription of the bus per topic, for as long as a socket follows it. */
function createTopics({ bus, emit, log }: ForwardParts) {
  const open = new Map<string, { users: number; stop: Promise<() => void> }>();
  return {
    async acquire(topic: Topic): Promise<void> {
      let entry = open.get(topic);
      if (!entry) {
        entry = { users: 0, stop: subscribe(bus, emit, topic) };
        open.set(topic, entry);
        entry.stop.catch(() => open.delete(topic));
      }
      entry.users += 1;
      await entry.stop;
    },
    release(topic: Topic): void {
      const entry = open.get(topic);
      if (!entry) return;
      entry.users -= 1;
      if (entry.users > 0) return;
      open.delete(topic);
      entry.stop.then(
        (stop) => stop(),
        (error: unknown) => log.warn({ err: error, topic }, 'a topic could not be followed'),
      );
    },
  };
}

const eventNames = { events: 'run.events', stream: 'run.stream', below: 'run.below' } as const;

function subscribe(bus: Services['bus'], emit: Emit, topic: Topic): Promise<() => void> {
  const id = topic.slice(topic.indexOf(':') + 1);
  if (topic.startsWith('workspace:')) {
    return bus.subscribe(`workspace:${id}`, (message) => {
      emit(roomOf('workspace', id), 'workspace.changed', { workspaceId: id, ...message });
    });
  }
  return bus.subscribe(`run:${id}`, (message) => {
    if (message.kind === 'stream-request') return;
    const { kind, ...rest } = message;
    emit(roomOf('run', id), eventNames[kind], { runId: id, ...rest });
  });
}

const noRun = () => refuse('not_found', 'This run does not exist.');
