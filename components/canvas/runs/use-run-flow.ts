'use client';

import { useState } from 'react';
import { useStartRun } from '@/components/data/queries';
import { toastError } from '@/components/ui/toast';
import type { RunMode } from '@/lib/runs/schema';
import { useSession } from '../session';
import type { RunRequest } from './run-dialog';
import { useShowRun } from './shown-run';
import { inputsOf } from './start-inputs';
import { type LiveVersion, usePublish } from './use-publish';

/** From a press on Run to the run on the canvas: asks for input, publishes when that is wanted, starts, follows. */
export function useRunFlow(version: LiveVersion) {
  const session = useSession();
  const show = useShowRun();
  const publish = usePublish();
  const start = useStartRun();
  const [asking, setAsking] = useState<RunMode>();
  const [pending, setPending] = useState(false);

  const run = async (request: RunRequest) => {
    setPending(true);
    try {
      if (request.publish) await publish('');
      const { id } = await start.mutateAsync({
        workflowId: session.workflowId,
        mode: request.mode,
        input: request.input as NonNullable<Parameters<typeof start.mutateAsync>[0]['input']>,
      });
      setAsking(undefined);
      show(id);
    } catch (error) {
      toastError('The run did not start', error);
    } finally {
      setPending(false);
    }
  };
  return {
    asking,
    pending,
    run,
    close: () => setAsking(undefined),
    /** Starts at once when there is nothing to ask. */
    request(mode: RunMode) {
      if (pending) return;
      const nothingToAsk = inputsOf(session.graph.get()).length === 0;
      const upToDate = typeof version.live === 'number' && !version.ahead;
      if (nothingToAsk && upToDate) void run({ mode, input: {}, publish: false });
      else setAsking(mode);
    },
  };
}
