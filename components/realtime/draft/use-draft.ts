'use client';

import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { createObservable, type Observable } from '@/components/observable/observable';
import { catalogue } from '@/lib/nodes/catalogue';
import type { DraftLock } from '@/lib/realtime/messages';
import { type DraftNotice, type DraftStatus, loadingStatus } from '../draft-status';
import { earlyJoinOf } from '../early-join';
import { browserOfflineStore } from '../offline-store/browser-offline-store';
import type { RejectedEdits } from '../offline-store/rejected';
import { sharedWire } from '../socket';
import { debouncedStatus } from './debounced-status';
import { DraftConnection } from './draft-connection';

export type DraftHandle = DraftStatus & {
  /** Resolves when the server has committed every edit made so far. Waits while offline. */
  saved(): Promise<void>;
  /** See {@link DraftConnection.makeAgain}. */
  makeAgain(rejection: RejectedEdits): string | undefined;
  /** See {@link DraftConnection.reopen}. */
  reopen(): void;
  /** The same as this handle tells, for who must not render with each edit. */
  status: Observable<DraftStatus>;
  /** See {@link DraftConnection.locks}; subscribe to it where locks are shown. */
  locks: Observable<readonly DraftLock[]>;
  /** See {@link DraftConnection.notice}. */
  serverNotice: Observable<DraftNotice | undefined>;
};

type Entry = {
  connection: DraftConnection;
  /** What the screen tells of the status. */
  shown: Observable<DraftStatus>;
  users: number;
  closing?: ReturnType<typeof setTimeout>;
};
const open = new Map<string, Entry>();
/** A page change or React's double mount comes back sooner than this. */
const keepOpenMs = 3_000;

/**
 * Opens the shared document of a workflow: one connection per tab and workflow, however many components ask.
 * Re-renders with the status, see {@link debouncedStatus}; the document itself is observed through `copy`.
 */
export function useDraft(workflowId: string, userId: string): DraftHandle {
  const { connection, shown } = useMemo(
    () => entryOf(workflowId, userId) ?? nothing,
    [workflowId, userId],
  );
  useEffect(() => retain(workflowId, userId), [workflowId, userId]);
  const status = useSyncExternalStore(shown.subscribe, shown.get, loading);
  return useMemo(
    () => ({
      ...status,
      saved: () => connection?.saved() ?? Promise.resolve(),
      makeAgain: (rejection) =>
        connection ? connection.makeAgain(rejection) : 'The workflow is not open.',
      reopen: () => connection?.reopen(),
      status: connection?.status ?? noStatus,
      locks: connection?.locks ?? noLocks,
      serverNotice: connection?.notice ?? noNotice,
    }),
    [status, connection],
  );
}

const noStatus = createObservable<DraftStatus>(loadingStatus);
const noLocks = createObservable<readonly DraftLock[]>([]);
const noNotice = createObservable<DraftNotice | undefined>(undefined);
const nothing = { connection: undefined, shown: noStatus };
const loading = () => loadingStatus;

function entryOf(workflowId: string, userId: string): Entry | undefined {
  if (typeof window === 'undefined') return undefined;
  const found = open.get(workflowId);
  if (found) return found;
  const wire = sharedWire();
  const connection = new DraftConnection({
    wire,
    workflowId,
    catalogue,
    early: () => earlyJoinOf(workflowId),
    keep: browserOfflineStore(),
    userId,
  });
  const entry = { connection, shown: debouncedStatus(connection.status), users: 0 };
  open.set(workflowId, entry);
  return entry;
}

function retain(workflowId: string, userId: string): () => void {
  const entry = entryOf(workflowId, userId);
  if (!entry) return () => undefined;
  entry.users += 1;
  clearTimeout(entry.closing);
  entry.connection.start();
  const flush = () => entry.connection.flush();
  window.addEventListener('pagehide', flush);
  const ask = (event: BeforeUnloadEvent) => {
    if (
      entry.connection.status.get().pending > 0 &&
      browserOfflineStore().health.get() !== 'stored'
    ) {
      event.preventDefault();
    }
  };
  window.addEventListener('beforeunload', ask);
  return () => {
    window.removeEventListener('beforeunload', ask);
    window.removeEventListener('pagehide', flush);
    entry.users -= 1;
    if (entry.users > 0) return;
    entry.closing = setTimeout(() => {
      entry.connection.stop();
      open.delete(workflowId);
    }, keepOpenMs);
  };
}
