import { z } from 'zod';
import type { Role } from '@/lib/people/schema';
import type { RunEvent, RunState } from '@/lib/runs/schema';
import type { ErrorCode } from '@/lib/api/errors';

/** Bytes as Socket.IO carries them: a Buffer on the server, a Uint8Array or ArrayBuffer in the browser. */
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const id = z.uuid();

/** Every message that a client may send, by event name. Each is answered by an acknowledgement; see {@link Acks}. */
export const clientMessages = {
  /** Open a draft. `clientId` asks to keep an id issued to this person before (reconnect). */
  'draft.join': z.strictObject({
    workflowId: id,
    stateVector: bytes.optional(),
    clientId: z.int().min(1).max(0xffffffff).optional(),
  }),
  'draft.leave': z.strictObject({ workflowId: id }),
  /** One or more Yjs V1 updates merged into one, of this client only. Acknowledged after commit. */
  'draft.update': z.strictObject({ workflowId: id, update: bytes }),
  /** y-protocols awareness update; fire and forget. */
  'draft.awareness': z.strictObject({ workflowId: id, update: bytes }),
  /** Follow a run: the answer holds its state, later events follow as `run.events`. */
  'run.join': z.strictObject({ runId: id }),
  'run.leave': z.strictObject({ runId: id }),
  /** After a gap: the events since the last number seen. */
  'run.events': z.strictObject({ runId: id, after: z.int().min(0) }),
  /** Follow the workspace: hints that runs, workflows or threads changed. */
  'workspace.join': z.strictObject({}),
} as const;
export type ClientMessages = { [Name in keyof typeof clientMessages]: z.infer<(typeof clientMessages)[Name]> };

export type Refusal = { ok: false; error: { code: ErrorCode | 'resync'; message: string } };

/** Answers to client messages. */
export type Acks = {
  'draft.join':
    | { ok: true; update: Uint8Array; stateVector: Uint8Array; clientId: number; role: Role; canEdit: boolean; awareness: Uint8Array }
    | Refusal;
  'draft.leave': { ok: true } | Refusal;
  'draft.update': { ok: true; seq: number } | Refusal;
  'draft.awareness': { ok: true } | Refusal;
  'run.join': { ok: true; state: RunState; streams: StreamSnapshot[] } | Refusal;
  'run.leave': { ok: true } | Refusal;
  'run.events': { ok: true; events: RunEvent[] } | Refusal;
  'workspace.join': { ok: true } | Refusal;
};

/** Text of a step attempt that is still being written. `offset` counts UTF-16 units from its start. */
export type StreamSnapshot = { stepId: string; attempt: number; text: string };

/** Every message that the server may send. */
export type ServerMessages = {
  /** Committed updates of others (and of oneself: applying twice is harmless). */
  'draft.updates': { workflowId: string; updates: Uint8Array[] };
  'draft.awareness': { workflowId: string; update: Uint8Array };
  /** The draft was rebuilt or the role changed: join again. */
  'draft.reset': { workflowId: string; reason: string };
  'run.events': { runId: string; events: RunEvent[] };
  'run.stream': { runId: string; stepId: string; attempt: number; offset: number; text: string };
  /** Something of the workspace changed: refetch what shows it. */
  'workspace.changed': { kind: 'run' | 'workflow' | 'thread' | 'agent' | 'member'; id: string };
};

/** Awareness state of a person in a draft. */
export type Presence = {
  user: { id: string; name: string; color: string };
  cursor?: { x: number; y: number };
  selection?: string[];
  /** What they are editing: a node, and a field of it. */
  focus?: { nodeId: string; field?: string };
};

/** Path of the socket endpoint on the web origin. */
export const socketPath = '/api/realtime';
