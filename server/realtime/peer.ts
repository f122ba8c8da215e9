import type { Socket } from 'socket.io';
import type { Role } from '@/lib/people/schema';
import { realtimeLimits } from '@/lib/realtime/messages';
import { type Budget, createBudget } from './budget';
import type { Together } from './crowd';
import type { OpenDraft } from './room/hub';

/** A draft that a socket has open. */
export type PeerDraft = {
  workspaceId: string;
  role: Role;
  clientId: number;
  open: OpenDraft;
  /** Ends the socket, when another one takes the client id. */
  end: () => void;
};

/** A connected tab: who it is, what it follows, and what it may still send. */
export type Peer = {
  readonly socket: Socket;
  readonly userId: string;
  readonly userName: string;
  readonly sessionId: string;
  readonly activeWorkspaceId: string | undefined;
  readonly drafts: Map<string, PeerDraft>;
  /** Workspace by run. */
  readonly runs: Map<string, string>;
  readonly workspaces: Set<string>;
  readonly budgets: Record<'messages' | 'updates' | 'bytes' | 'awareness' | 'joins', Budget>;
  /** What it shares with the other sockets of its person. */
  readonly together: Together;
  /** Ends with the join that is under way: one comes after another. */
  joining: Promise<unknown>;
  /** Seconds for which more waits to be sent to it than it may. */
  slowFor: number;
};

export type PeerIdentity = Pick<Peer, 'userId' | 'userName' | 'sessionId' | 'activeWorkspaceId'>;

export function createPeer(socket: Socket, identity: PeerIdentity, together: Together): Peer {
  const { updatesPerSecond, bytesPerSecond, awarenessPerSecond, messagesPerSecond } =
    realtimeLimits;
  const { joinsPerSecond, joinsAtOnce } = realtimeLimits;
  return {
    socket,
    ...identity,
    drafts: new Map(),
    runs: new Map(),
    workspaces: new Set(),
    budgets: {
      messages: createBudget(messagesPerSecond, messagesPerSecond * 2),
      updates: createBudget(updatesPerSecond, updatesPerSecond * 1.5),
      bytes: createBudget(bytesPerSecond, bytesPerSecond * 2),
      awareness: createBudget(awarenessPerSecond, awarenessPerSecond),
      joins: createBudget(joinsPerSecond, joinsAtOnce),
    },
    together,
    joining: Promise.resolve(),
    slowFor: 0,
  };
}

/** Names of Socket.IO rooms: one per thing that is followed. */
export const roomOf = (kind: 'draft' | 'run' | 'workspace', id: string): string => `${kind}:${id}`;
