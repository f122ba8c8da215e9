import { createObservable, type Observable } from '@/components/observable/observable';
import type { StoredBase, StoredEdit } from '../stored-edit';
import type { Disk, Step } from './disk';
import type { RejectedEdits } from './rejected';
import {
  draftOf,
  draftsOf,
  isInRange,
  type Row,
  type RowRange,
  rejectedBy,
  rowOfRejected,
} from './rows';
import type { TabLocks } from './tab-locks';

/**
 * Keeps edits on disk until the server has them, so that a closed tab loses nothing. A row leaves the disk only when
 * the server has it, the same step stores it in another form, or a person discards it.
 */
export type OfflineStore = {
  /** Whether what is typed now is stored on the disk. */
  readonly health: Observable<OfflineHealth>;
  /** Counts changes of the rejected edits, as far as this tab hears of them. */
  readonly changes: Observable<number>;
  /** Takes edits of a draft whose tabs have ended. They stay on the disk until `replace`; call `close` then. */
  orphaned(workflowId: string, userId: string): Promise<OrphanedEdits>;
  open(workflowId: string, userId: string, clientId: number): StoredDraft;
  /** Counts orphaned edits by workflow: they wait until somebody opens it here. */
  waiting(userId: string): Promise<ReadonlyMap<string, number>>;
  /** Reads orphaned edits of a draft, as for a download, and takes none. Rejects when the disk cannot be read. */
  readOrphaned(workflowId: string, userId: string): Promise<Pick<OrphanedEdits, 'edits' | 'base'>>;
  /** Removes `from` and stores what it became, in one step. Resolves when that is done, or could not be. */
  replace(from: readonly StoredRows[], to: Replacement): Promise<void>;
  /** Rejected edits of one workflow, or of all, oldest first. */
  rejected(userId: string, workflowId?: string): Promise<RejectedEdits[]>;
  /** Removes rejected edits: they were sent in another way, or a person discards them. */
  discard(rejection: RejectedEdits): Promise<void>;
};

/** `full`: the disk has no room; `none`: this browser stores nothing, or refuses to. */
export type OfflineHealth = 'stored' | 'full' | 'none';

/** Rows of one tab, or of several. */
export type StoredRows = { readonly ranges: readonly RowRange[]; close(): void };
export type OrphanedEdits = StoredRows & {
  readonly edits: readonly StoredEdit[];
  readonly base: StoredBase | undefined;
};
export type StoredDraft = StoredRows & {
  add(edit: StoredEdit): void;
  /** Stores the document too: with it the edits can be read when the server no longer gives it. */
  setBase(base: StoredBase): void;
  /** Removes everything that was added: the server has it. */
  clear(): void;
  /** Makes rows of this tab for {@link OfflineStore.replace}. */
  rowsOf(edits: readonly StoredEdit[]): Row[];
};
type Replacement = { rows?: readonly Row[]; rejections?: readonly RejectedEdits[] };

/** Without a disk or locks it holds rejected edits as long as the tab lives, and nothing else. */
export function createOfflineStore(
  disk: Disk | undefined,
  locks: TabLocks | undefined,
): OfflineStore {
  const health = createObservable<OfflineHealth>(disk && locks ? 'stored' : 'none');
  const changes = createObservable(0);
  const writing = new Set<Promise<unknown>>();
  /** Steps that failed, oldest first: they are done again with the next one. */
  let owed: Step[] = [];
  const commit = (step: Step): Promise<unknown> => {
    const steps = [...without(owed, step.remove ?? []), step];
    owed = [];
    if (!disk || !locks) {
      owed = steps.map(({ put = [] }) => ({ put: put.filter(({ aside }) => aside) }));
      return Promise.resolve();
    }
    const work: Promise<unknown> = disk
      .commit(steps)
      .then(
        () => {
          if (owed.length === 0) health.set('stored');
        },
        (error: unknown) => {
          owed = [...steps, ...owed];
          health.set(isFull(error) ? 'full' : 'none');
        },
      )
      .finally(() => writing.delete(work));
    writing.add(work);
    return work;
  };
  const afterWriting = (release: () => void) => () =>
    void Promise.allSettled(writing).then(release);
  return {
    health,
    changes,
    async orphaned(workflowId, userId) {
      if (!disk || !locks) return nothingOrphaned;
      try {
        const found = await orphanedIn(disk, locks, draftOf(workflowId, userId));
        return { ...found, close: afterWriting(found.close) };
      } catch {
        health.set('none');
        return nothingOrphaned;
      }
    },
    waiting: async (userId) => (disk && locks ? waitingIn(disk, locks, userId) : new Map()),
    async readOrphaned(workflowId, userId) {
      if (!disk || !locks) return nothingOrphaned;
      const rows = await disk.read(draftOf(workflowId, userId));
      // No lock is taken: while one is held, and until the browser has released it, `waiting` finds nothing.
      const held = await locks.held();
      return contentOf(rows.filter(({ tab }) => !held.has(lockOf(tab))));
    },
    open(workflowId, userId, clientId) {
      const draft = draftOf(workflowId, userId);
      const tab = `${workflowId}\n${clientId}`;
      const release = locks?.hold(lockOf(tab)) ?? (() => undefined);
      let number = 0;
      const rowsOf = (edits: readonly StoredEdit[]): Row[] =>
        edits.map(({ update, origin }) => ({ update, origin, draft, tab, number: ++number }));
      return {
        // A step that has to be done again later takes nothing away that came after it.
        get ranges() {
          return [[draft, tab, number]] as const;
        },
        rowsOf,
        add: (edit) => void commit({ put: rowsOf([edit]) }),
        setBase: (base) => void commit({ put: [{ base, draft, tab, number: 0 }] }),
        clear: () => void commit({ remove: [[draft, tab, number]] }),
        close: afterWriting(release),
      };
    },
    async replace(from, { rows = [], rejections: made = [] }) {
      const put = [...rows, ...made.map(rowOfRejected)];
      const done = commit({ remove: from.flatMap(({ ranges }) => ranges), put });
      changes.set(changes.get() + 1);
      await done;
    },
    async rejected(userId, workflowId) {
      const stored = await disk?.read(rejectedBy(userId)).catch(() => []);
      const waiting = owed.flatMap(({ put = [] }) => put);
      const found = new Map(
        [...(stored ?? []), ...waiting]
          .flatMap(({ draft, aside }) => (aside && draft === rejectedBy(userId) ? [aside] : []))
          .map((rejection) => [rejection.id, rejection]),
      );
      return [...found.values()]
        .filter((rejection) => workflowId === undefined || rejection.workflowId === workflowId)
        .sort((a, b) => a.at - b.at);
    },
    async discard(rejection) {
      const { draft, tab } = rowOfRejected(rejection);
      await commit({ remove: [[draft, tab]] });
      changes.set(changes.get() + 1);
    },
  };
}

/** What of these steps matters when rows in these ranges are removed after them. */
function without(steps: readonly Step[], removed: readonly RowRange[]): Step[] {
  return steps.map(({ put = [], ...step }) => ({
    ...step,
    put: put.filter((row) => !removed.some((range) => isInRange(row, range))),
  }));
}

async function waitingIn(disk: Disk, locks: TabLocks, userId: string) {
  const found = new Map<string, number>();
  const beginning = draftsOf(userId);
  const keys = await disk.keys(beginning);
  // Reads the locks and takes none: a tab that opens the draft at this moment must get it.
  const held = await locks.held();
  for (const { draft, tab, number } of keys) {
    // Number 0 is no edit. Those of an open tab are its own.
    if (number === 0 || held.has(lockOf(tab))) continue;
    const workflowId = draft.slice(beginning.length);
    found.set(workflowId, (found.get(workflowId) ?? 0) + 1);
  }
  return found;
}

async function orphanedIn(disk: Disk, locks: TabLocks, draft: string): Promise<OrphanedEdits> {
  const ranges: RowRange[] = [];
  const rows: Row[] = [];
  const releases: (() => void)[] = [];
  for (const tab of new Set((await disk.read(draft)).map((row) => row.tab))) {
    // Those of an open tab are its own.
    const release = await locks.tryHold(lockOf(tab));
    if (!release) continue;
    releases.push(release);
    ranges.push([draft, tab]);
    // Once more: it may have written until it ended.
    rows.push(...(await disk.read(draft, tab)));
  }
  return {
    ...contentOf(rows),
    ranges,
    close: () => {
      for (const release of releases) release();
    },
  };
}

const contentOf = (rows: readonly Row[]): Pick<OrphanedEdits, 'edits' | 'base'> => ({
  edits: rows.flatMap(({ update, origin }) => (update ? [{ update, origin }] : [])),
  base: rows.find(({ base }) => base)?.base,
});

export const nothingOrphaned: OrphanedEdits = {
  ranges: [],
  edits: [],
  base: undefined,
  close: () => undefined,
};

const lockOf = (tab: string) => `ensemble draft ${tab}`;

const isFull = (error: unknown) =>
  error instanceof DOMException && error.name === 'QuotaExceededError';
