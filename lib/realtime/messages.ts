import { z } from 'zod';
import { largestNumber } from '@/lib/api/bounds';
import type { ErrorCode } from '@/lib/api/errors';
import type { Role } from '@/lib/people/schema';
import type { RunEvent, RunState } from '@/lib/runs/schema';
import { claimedSourceSchema } from '@/lib/workflows/changes/source';

/** Limits of the socket; what is over them is refused and changes nothing. */
export const realtimeLimits = {
  /** Bytes of one draft update. */
  update: 262_144,
  /** Client ids under which one draft update may bring something: those of one person's tabs. */
  clientIds: 32,
  /** Bytes of one presence update. */
  awareness: 16_384,
  /** Updates and bytes of one socket per second. */
  updatesPerSecond: 50,
  bytesPerSecond: 524_288,
  /** Presence updates of one socket per second; what is over is dropped without an answer. */
  awarenessPerSecond: 40,
  /** All messages of one socket per second, whatever they are; a socket that sends more is cut. */
  messagesPerSecond: 250,
  /** Drafts and runs that one socket may follow at once. */
  draftRooms: 5,
  /** Joins of one socket: each may cost a copy of the whole draft. */
  joinsPerSecond: 2,
  joinsAtOnce: 10,
  /** The same of all sockets of one person. */
  personJoinsPerSecond: 4,
  personJoinsAtOnce: 20,
  /** Sockets, which are tabs and programs, of one person. */
  socketsPerPerson: 50,
  runRooms: 50,
} as const;

const id = z.uuid();
/** Bytes that travel rarely and may be large: as Socket.IO carries them, a Buffer or Uint8Array. */
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'must be bytes');
/** Bytes that travel often are base64: text is one frame, encoded once for all receivers. */
const base64 = (maxBytes: number) =>
  z
    .string()
    .max(Math.ceil(maxBytes / 3) * 4, `is larger than ${maxBytes} bytes`)
    .regex(/^[A-Za-z0-9+/]*={0,2}$/, 'must be base64');

/** Every message that a client may send, by event name. Each is answered by an acknowledgement; see {@link Acks}. */
export const clientMessages = {
  /** Open a draft. `clientId` asks to keep an id issued to this person before (reconnect). */
  'draft.join': z.strictObject({
    workflowId: id,
    stateVector: bytes.optional(),
    clientId: z.int().min(1).optional(),
  }),
  'draft.leave': z.strictObject({ workflowId: id }),
  /**
   * One or more Yjs V1 updates merged into one, of ids issued to this person. Acknowledged after commit. `origin` says
   * where all of them came from when nobody typed them; the history shows it.
   */
  'draft.update': z.strictObject({
    workflowId: id,
    update: base64(realtimeLimits.update),
    origin: claimedSourceSchema.optional(),
  }),
  /** y-protocols awareness update of this socket's own client id; fire and forget. */
  'draft.awareness': z.strictObject({ workflowId: id, update: base64(realtimeLimits.awareness) }),
  /** Follow a run: the answer holds its state, later events follow as `run.events`. */
  'run.join': z.strictObject({ runId: id }),
  'run.leave': z.strictObject({ runId: id }),
  /** After a gap: the events since the last number seen, at most 1,000 at a time. */
  'run.events': z.strictObject({ runId: id, after: z.int().min(0).max(largestNumber) }),
  /**
   * Follow a workspace (the session's own unless named): hints that runs, workflows or threads changed. `ageMs` says how
   * old what is on screen may be: the answer names what may have changed since.
   */
  'workspace.join': z.strictObject({
    workspaceId: z.string().min(1).max(100).optional(),
    ageMs: z.int().min(0).max(largestNumber).default(largestNumber),
  }),
} as const;
export type ClientMessageName = keyof typeof clientMessages;
export type ClientMessages = {
  [Name in ClientMessageName]: z.infer<(typeof clientMessages)[Name]>;
};

/** `resync`: the server lacks what the update builds on; join again and send what is not acknowledged. */
export type RefusalCode = ErrorCode | 'resync';
export type Refusal = { ok: false; error: { code: RefusalCode; message: string } };

/** Who alone may change these nodes for now; without nodes, the whole workflow. Times are ISO 8601. */
export type DraftLock = {
  id: string;
  nodeIds: string[];
  ownerId: string;
  ownerName: string;
  reason: string;
  expiresAt: string | null;
  createdAt: string;
};

export type DraftJoined = {
  ok: true;
  /** What the server has and the sent state vector lacks; the whole draft without one. */
  update: Uint8Array;
  stateVector: Uint8Array;
  clientId: number;
  userId: string;
  userName: string;
  role: Role;
  canEdit: boolean;
  /** Awareness update with everybody who is here. */
  awareness: Uint8Array;
  locks: DraftLock[];
};

/** Answers to client messages. */
export type Acks = {
  'draft.join': DraftJoined | Refusal;
  'draft.leave': { ok: true } | Refusal;
  'draft.update': { ok: true; seq: number } | Refusal;
  'draft.awareness': { ok: true } | Refusal;
  /** Text that is still being written follows as `run.stream` from offset 0. */
  'run.join': { ok: true; state: RunState } | Refusal;
  'run.leave': { ok: true } | Refusal;
  'run.events': { ok: true; events: RunEvent[]; more: boolean } | Refusal;
  'workspace.join': { ok: true; workspaceId: string; changed: WorkspaceKind[] } | Refusal;
};

/** Author of what the product itself wrote into a draft: repairs after a merge. */
export const productAuthor = 'ensemble';

/**
 * What may have changed in a workspace. `comment` and `suggestion` name the workflow that they belong to,
 * `notification` the person whom it is for, `tool-call` its run.
 */
export const workspaceKinds = [
  'run',
  'workflow',
  'thread',
  'agent',
  'member',
  'comment',
  'suggestion',
  'notification',
  'trigger',
  'connection',
  'budget',
  'experiment',
  'table',
  'memory',
  'mail',
  'service',
  'tool-call',
] as const;
export type WorkspaceKind = (typeof workspaceKinds)[number];

/** Every message that the server may send. */
export type ServerMessages = {
  /**
   * Committed updates of others (and of oneself: applying twice is harmless), packed by `packUpdates`, in base64.
   * `by` names the author of each in the same order: a person's id, `productAuthor`, or '' where it is not known any
   * more (a state that several wrote).
   */
  'draft.updates': { workflowId: string; updates: string; by?: string[] };
  /** Awareness update in base64. */
  'draft.awareness': { workflowId: string; update: string };
  /** The draft was rebuilt, the role changed, or access ended: join again. */
  'draft.reset': { workflowId: string; reason: DraftResetReason };
  /** All locks of the draft, after one was made, changed, or ended. */
  'draft.locks': { workflowId: string; locks: DraftLock[] };
  /** Something that everybody in the draft should know, e.g. what the server repaired after a merge. */
  'draft.notice': { workflowId: string; text: string; nodeIds: string[] };
  'run.events': { runId: string; seq: number; events?: RunEvent[] };
  /** What the debugger did in a run below this one (`of`, which `place` names), sent to those who follow this one. */
  'run.below': {
    runId: string;
    of: string;
    place: { stepId: string; round: number; index: number };
    events?: RunEvent[];
  };
  'run.stream': { runId: string; stepId: string; attempt: number; offset: number; text: string };
  /** Something of the workspace changed: refetch what shows it. */
  'workspace.changed': {
    workspaceId: string;
    kind: WorkspaceKind;
    id: string;
  };
};

/** `rebuilt`: a stored update could not be applied, so it was set aside; `role`: this person's role changed or ended. */
export type DraftResetReason = 'rebuilt' | 'role';

/** A caret in a shared text, as Yjs relative positions in JSON. */
export const caretSchema = z.strictObject({ anchor: z.unknown(), head: z.unknown() });
export type Caret = z.infer<typeof caretSchema>;

const point = z.strictObject({ x: z.number(), y: z.number() });

/** What an agent does at a canvas: it waits where a person is at work, or where its turn does. */
export const agentActivities = ['thinking', 'placing', 'waiting'] as const;

/** Awareness state of a person in a draft, or of an agent, which the server makes. */
export const presenceSchema = z.strictObject({
  user: z.strictObject({
    id: z.string().max(100),
    name: z.string().max(200),
    color: z.string().regex(/^#[0-9a-f]{6}$/i),
  }),
  /** An agent at work, who asked it, and the run of its turn. */
  agent: z
    .strictObject({
      handle: z.string().max(100),
      activity: z.enum(agentActivities),
      by: z.string().max(200),
      runId: z.uuid(),
    })
    .optional(),
  /** `idle`: no input for a minute; `away`: the tab is hidden, or no input for five. Absent: active. */
  status: z.enum(['idle', 'away']).optional(),
  /** The part of the canvas that they see, in canvas coordinates: for those who follow them. */
  view: z
    .strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
    .optional(),
  /** The tab of the inspector that they have open. */
  panel: z.string().max(20).optional(),
  /** They collect their edits as a suggestion. */
  suggesting: z.boolean().optional(),
  cursor: point.optional(),
  selection: z.array(z.string().max(64)).max(100).optional(),
  /** Where they are dragging nodes at this moment, by node id. */
  drag: z.record(z.string().max(64), point).optional(),
  /** What they are editing: a node, a field of it (path joined by `.`), and the caret in its text. */
  focus: z
    .strictObject({
      nodeId: z.string().max(64),
      field: z.string().max(200).optional(),
      caret: caretSchema.optional(),
    })
    .optional(),
});
export type Presence = z.infer<typeof presenceSchema>;

/**
 * Path of the socket endpoint on the web origin. Not below `/api`: Next ends every upgrade whose path matches one of
 * its routes, and the catch-all of `/api` matches them all.
 */
export const socketPath = '/realtime';
