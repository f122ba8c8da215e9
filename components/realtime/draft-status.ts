import type * as Y from 'yjs';
import type { Observable } from '@/components/observable/observable';
import type { Role } from '@/lib/people/schema';
import type { RefusalCode } from '@/lib/realtime/messages';
import type { ClaimedSource } from '@/lib/workflows/changes/source';
import type { Draft } from '@/lib/workflows/draft/draft';
import type { FoundClash } from '@/lib/workflows/merge/conflicts';
import type { PresenceChannel } from './presence';

/** One loaded copy of the shared document. After a reset there is another one: key what binds to it by `generation`. */
export type DraftCopy = {
  readonly generation: number;
  readonly doc: Y.Doc;
  /** What the edits of `lib/workflows/edits` take. Edits through it do nothing while read-only. */
  readonly draft: Draft;
  /** Runs edits that nobody typed: the history says where they came from. Not for promises. */
  through(origin: ClaimedSource, change: () => void): void;
  /**
   * This person asks the server for an edit: when it comes, it is one step for `undo`. The function says that it will
   * not come.
   */
  expectEdit(): () => void;
  /** Undo and redo of this person's own edits alone. */
  readonly undo: Y.UndoManager;
  readonly presence: PresenceChannel;
  readonly clientId: number;
  readonly userId: string;
  /** What this person set and others replaced without having seen it, in the order in which it was found. */
  readonly clashes: Observable<readonly FoundClash[]>;
};

export type DraftStatus = {
  /**
   * `saved`: the server has committed everything; `saving`: edits are on their way; `offline`: edits are kept here
   * and follow by themselves; `refused`: this person cannot open the workflow, see `error`.
   */
  readonly phase: 'loading' | 'saved' | 'saving' | 'offline' | 'refused';
  /** Edits that the server has not committed yet. */
  readonly pending: number;
  readonly readOnly: boolean;
  readonly role: Role | undefined;
  /** Absent until the first answer of the server. */
  readonly copy: DraftCopy | undefined;
  readonly error: { code: RefusalCode; message: string } | undefined;
};

/** What the server said to everybody in the draft. `number` tells one from the next of the same words. */
export type DraftNotice = {
  readonly number: number;
  readonly text: string;
  readonly nodeIds: readonly string[];
};

export const loadingStatus: DraftStatus = {
  phase: 'loading',
  pending: 0,
  readOnly: true,
  role: undefined,
  copy: undefined,
  error: undefined,
};
