'use client';

import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { catalogue } from '@/lib/nodes/catalogue';
import type { DraftLock } from '@/lib/realtime/messages';
import { DraftConnection } from './draft-connection';
import { type DraftNotice, type DraftStatus, loadingStatus } from './draft-status';
import { createExternal, type External } from './external';
import { createBrowserKeep, type Keep } from './keep';
import { sharedWire } from './socket';

export type DraftHandle = DraftStatus & {
  /** Resolves when the server has committed every edit made so far. Waits while offline. */
  saved(): Promise<void>;
  /** The same as this handle tells, for who must not render with each edit. */
  status: External<DraftStatus>;
  /** See {@link DraftConnection.locks}; subscribe to it where locks are shown. */
  locks: External<readonly DraftLock[]>;
  /** See {@link DraftConnection.notice}. */
  serverNotice: External<DraftNotice | undefined>;
};

type Entry = {
  connection: DraftConnection;
  users: number;
  closing?: ReturnType<typeof setTimeout>;
};
const open = new Map<string, Entry>();
/** Null: this browser keeps nothing. */
let keep: Keep | null | undefined;
/** A page change or React's double mount comes back sooner than this. */
const keepOpenMs = 3_000;

/**
 * Opens the shared document of a workflow: one connection per tab and workflow, however many components ask.
 * Re-renders with each change of the status; the document itself is observed through `copy`.
 */
export function useDraft(workflowId: string): DraftHandle {
  const connection = useMemo(() => connectionOf(workflowId), [workflowId]);
  useEffect(() => retain(workflowId), [workflowId]);
  const status = useSyncExternalStore(
    connection?.status.subscribe ?? never,
    connection?.status.get ?? loading,
    loading,
  );
  return useMemo(
    () => ({
      ...status,
      saved: () => connection?.saved() ?? Promise.resolve(),
      status: connection?.status ?? noStatus,
      locks: connection?.locks ?? noLocks,
      serverNotice: connection?.notice ?? noNotice,
    }),
    [status, connection],
  );
}

const noStatus = createExternal<DraftStatus>(loadingStatus);
const noLocks = createExternal<readonly DraftLock[]>([]);
const noNotice = createExternal<DraftNotice | undefined>(undefined);
const never = () => () => undefined;
const loading = () => loadingStatus;

function connectionOf(workflowId: string): DraftConnection | undefined {
  if (typeof window === 'undefined') return undefined;
  const found = open.get(workflowId);
  if (found) return found.connection;
  keep ??= createBrowserKeep() ?? null;
  const wire = sharedWire();
  const connection = new DraftConnection({
    wire,
    workflowId,
    catalogue,
    ...(keep ? { keep } : {}),
  });
  open.set(workflowId, { connection, users: 0 });
  return connection;
}

function retain(workflowId: string): () => void {
  connectionOf(workflowId);
  const entry = open.get(workflowId);
  if (!entry) return () => undefined;
  entry.users += 1;
  clearTimeout(entry.closing);
  entry.connection.start();
  const flush = () => entry.connection.flush();
  window.addEventListener('pagehide', flush);
  return () => {
    window.removeEventListener('pagehide', flush);
    entry.users -= 1;
    if (entry.users > 0) return;
    entry.closing = setTimeout(() => {
      entry.connection.stop();
      open.delete(workflowId);
    }, keepOpenMs);
  };
}
