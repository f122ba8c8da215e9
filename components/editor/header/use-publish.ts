'use client';

import { useQueryClient } from '@tanstack/react-query';
import { toBase64 } from 'lib0/buffer';
import { useEffect } from 'react';
import * as Y from 'yjs';
import { call } from '@/components/data/call';
import { keys, useWorkflow } from '@/components/data/queries';
import { useSession } from '@/components/session/session';
import { publishWorkflow } from '@/lib/workflows/contract';

/** Pause in editing after which the server is asked again whether the draft is ahead. */
const restMs = 1_200;

export type LiveVersion = {
  /** Number of the version that runs use; null before the first. */
  live: number | null | undefined;
  /** Whether the draft differs from it. */
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
  return { live: data?.liveVersion, ahead: data?.ahead ?? false };
}

/** Publishes what this person sees: the server waits until it holds every edit of it. */
export function usePublish(): (note: string) => Promise<number> {
  const session = useSession();
  const client = useQueryClient();
  return async (note) => {
    const { doc } = session.copy;
    const { version } = await call(publishWorkflow, {
      params: { id: session.workflowId },
      body: { note, stateVector: toBase64(Y.encodeStateVector(doc)) },
    });
    await client.invalidateQueries({ queryKey: [...keys.workflows] });
    session.announcement.set(`Version ${version} is live`);
    return version;
  };
}
