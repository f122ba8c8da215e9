import type { KeptBase, KeptEdit } from '../kept-edit';
import { createObservable, type Observable } from '../observable';
import type { Disk, Step } from './disk';
import { asidesOf, draftOf, draftsOf, isAt, type Row, type RowPlace, rowOfAside } from './rows';
import type { SetAside } from './set-aside';
import type { TabLocks } from './tab-locks';

/**
 * Edits on disk until the server has them, so that a tab which ends while it is away loses nothing. Nothing leaves
 * the disk but what the server has, what the same step puts there in another form, and what a person discards.
 */
export type Keep = {
  /** Whether what is typed now lies on the disk. */
  readonly health: Observable<KeepHealth>;
  /** Counts the changes of what is set aside, as far as this tab hears of them. */
  readonly asides: Observable<number>;
  /** What ended tabs of this person left for a draft. It stays on the disk until it is moved; call `close` then. */
  left(workflowId: string, userId: string): Promise<Left>;
  open(workflowId: string, userId: string, clientId: number): KeptDraft;
  /** By workflow, how many edits ended tabs of this person left: they wait until somebody opens it here. */
  waiting(userId: string): Promise<ReadonlyMap<string, number>>;
  /** In one step: all of `from` goes, and what it became comes. Resolves when it is done, or could not be. */
  move(from: readonly Kept[], to: Became): Promise<void>;
  /** What was set aside of one workflow, or of all, oldest first. */
  setAside(userId: string, workflowId?: string): Promise<SetAside[]>;
  /** Forgets what was set aside: it was sent in another way, or a person wants it no more. */
  discard(aside: SetAside): Promise<void>;
};

/** `full`: the disk has no room; `none`: this browser keeps nothing, or refuses to. */
export type KeepHealth = 'kept' | 'full' | 'none';

/** Rows of one tab, or of several, that lie on the disk. */
export type Kept = { readonly places: readonly RowPlace[]; close(): void };
export type Left = Kept & {
  readonly edits: readonly KeptEdit[];
  readonly base: KeptBase | undefined;
};
export type KeptDraft = Kept & {
  add(edit: KeptEdit): void;
  /** Keeps the document too, with which the edits can be read where the server gives it no more. */
  keepBase(base: KeptBase): void;
  /** The server has everything that was added. */
  clear(): void;
  /** Rows of its own, for {@link Keep.move}. */
  rowsOf(edits: readonly KeptEdit[]): Row[];
};
type Became = { rows?: readonly Row[]; asides?: readonly SetAside[] };

/** Without a disk or locks it keeps what is set aside as long as the tab lives, and nothing else. */
export function createKeep(disk: Disk | undefined, locks: TabLocks | undefined): Keep {
  const health = createObservable<KeepHealth>(disk && locks ? 'kept' : 'none');
  const asides = createObservable(0);
  const writing = new Set<Promise<unknown>>();
  /** Steps that could not be done, oldest first: they are done with the next one. */
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
          if (owed.length === 0) health.set('kept');
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
    asides,
    async left(workflowId, userId) {
      if (!disk || !locks) return nothingLeft;
      try {
        const found = await leftOf(disk, locks, draftOf(workflowId, userId));
        return { ...found, close: afterWriting(found.close) };
      } catch {
        health.set('none');
        return nothingLeft;
      }
    },
    async waiting(userId) {
      const found = new Map<string, number>();
      if (!disk || !locks) return found;
      const beginning = draftsOf(userId);
      const keys = await disk.keys(beginning);
      // Looked at, not taken: a tab that opens the draft at this moment must find it free.
      const held = await locks.held();
      for (const { draft, tab, number } of keys) {
        // Number 0 is no edit. Those of a tab that lives are its own.
        if (number === 0 || held.has(lockOf(tab))) continue;
        const workflowId = draft.slice(beginning.length);
        found.set(workflowId, (found.get(workflowId) ?? 0) + 1);
      }
      return found;
    },
    open(workflowId, userId, clientId) {
      const draft = draftOf(workflowId, userId);
      const tab = `${workflowId}\n${clientId}`;
      const release = locks?.hold(lockOf(tab)) ?? (() => undefined);
      let number = 0;
      const rowsOf = (edits: readonly KeptEdit[]): Row[] =>
        edits.map(({ update, origin }) => ({ update, origin, draft, tab, number: ++number }));
      return {
        // A step that has to be done again later takes nothing away that came after it.
        get places() {
          return [[draft, tab, number]] as const;
        },
        rowsOf,
        add: (edit) => void commit({ put: rowsOf([edit]) }),
        keepBase: (base) => void commit({ put: [{ base, draft, tab, number: 0 }] }),
        clear: () => void commit({ remove: [[draft, tab, number]] }),
        close: afterWriting(release),
      };
    },
    async move(from, { rows = [], asides: made = [] }) {
      const put = [...rows, ...made.map(rowOfAside)];
      const done = commit({ remove: from.flatMap(({ places }) => places), put });
      asides.set(asides.get() + 1);
      await done;
    },
    async setAside(userId, workflowId) {
      const stored = await disk?.read(asidesOf(userId)).catch(() => []);
      const waiting = owed.flatMap(({ put = [] }) => put);
      const found = new Map(
        [...(stored ?? []), ...waiting]
          .flatMap(({ draft, aside }) => (aside && draft === asidesOf(userId) ? [aside] : []))
          .map((aside) => [aside.id, aside]),
      );
      return [...found.values()]
        .filter((aside) => workflowId === undefined || aside.workflowId === workflowId)
        .sort((a, b) => a.at - b.at);
    },
    async discard(aside) {
      const { draft, tab } = rowOfAside(aside);
      await commit({ remove: [[draft, tab]] });
      asides.set(asides.get() + 1);
    },
  };
}

/** What of these steps matters when rows at these places are removed after them. */
function without(steps: readonly Step[], removed: readonly RowPlace[]): Step[] {
  return steps.map(({ put = [], ...step }) => ({
    ...step,
    put: put.filter((row) => !removed.some((place) => isAt(row, place))),
  }));
}

async function leftOf(disk: Disk, locks: TabLocks, draft: string): Promise<Left> {
  const places: RowPlace[] = [];
  const rows: Row[] = [];
  const releases: (() => void)[] = [];
  for (const tab of new Set((await disk.read(draft)).map((row) => row.tab))) {
    // Those of a tab that lives are its own.
    const release = await locks.tryHold(lockOf(tab));
    if (!release) continue;
    releases.push(release);
    places.push([draft, tab]);
    // Once more: it may have written until it ended.
    rows.push(...(await disk.read(draft, tab)));
  }
  return {
    places,
    edits: rows.flatMap(({ update, origin }) => (update ? [{ update, origin }] : [])),
    base: rows.find(({ base }) => base)?.base,
    close: () => {
      for (const release of releases) release();
    },
  };
}

export const nothingLeft: Left = { places: [], edits: [], base: undefined, close: () => undefined };

const lockOf = (tab: string) => `ensemble draft ${tab}`;

const isFull = (error: unknown) =>
  error instanceof DOMException && error.name === 'QuotaExceededError';
