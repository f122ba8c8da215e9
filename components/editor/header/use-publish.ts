'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from '@/components/data/call';
import { keys, useWorkflow } from '@/components/data/queries';
import { seenOf } from '@/components/session/seen';
import { useSession } from '@/components/session/session';
import { publishWorkflow, unpublishWorkflow } from '@/lib/workflows/contract';

/** Pause in editing after which the server is asked again whether the draft is ahead. */
const restMs = 1_200;

export type LiveVersion = {
  /** Number of the version that runs use; null before the first. */
  live: number | null | undefined;
  /** Number of the newest version, live or not. */
  last: number | null | undefined;
  /** Whether the draft differs from the live one. */
  ahead: boolean;
};

/** The live version beside the draft; kept true as edits are committed. */
export function useLiveVersion(): LiveVersion {
  const session = useSession();
  const client = useQueryClient();
  const { data } = useWorkflow(session.workflowId);
  useEffect(() => {
    const { graph, status } = session;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = () => {
      clearTimeout(timer);
      if (status.get().phase !== 'saved') return;
      timer = setTimeout(() => {
        void client.invalidateQueries({
          queryKey: [...keys.workflows, 'one', session.workflowId],
        });
      }, restMs);
    };
    later();
    const stops = [graph.subscribe(later), status.subscribe(later)];
    return () => {
      for (const stop of stops) stop();
      clearTimeout(timer);
    };
  }, [client, session]);
  return { live: data?.liveVersion, last: data?.lastVersion, ahead: data?.ahead ?? false };
}

/** Publishes what this person sees: the server waits until it holds every edit of it. */
export function usePublish(): (note: string) => Promise<number> {
  const session = useSession();
  const client = useQueryClient();
  return async (note) => {
    const { version } = await call(publishWorkflow, {
      params: { id: session.workflowId },
      body: { note, stateVector: seenOf(session) },
    });
    await client.invalidateQueries({ queryKey: [...keys.workflows] });
    session.announcement.set(`Version ${version} is live`);
    return version;
  };
}

/** Takes a version off that is live; throws `conflict` where another one is by now. */
export function useUnpublish(): (version: number) => Promise<void> {
  const session = useSession();
  const client = useQueryClient();
  return async (version) => {
    await call(unpublishWorkflow, { params: { id: session.workflowId }, body: { version } });
    await client.invalidateQueries({ queryKey: [...keys.workflows] });
    session.announcement.set(`Version ${version} is no longer live`);
  };
}
