'use client';

import { useCallback, useState } from 'react';
import { useCancelRun, useHasModel, useStartRun } from '@/components/data/queries';
import type { RequestRun, RunHow } from '@/components/runs/request-run';
import { isOver } from '@/components/runs/run-marks';
import { useShowRun } from '@/components/runs/shown-run';
import { inputsOf } from '@/components/runs/start-inputs';
import { seenOf } from '@/components/session/seen';
import { useSession } from '@/components/session/session';
import { touchAll } from '@/components/session/state/to-do';
import { toastError } from '@/components/ui/controls/toast';
import type { RunMode } from '@/lib/runs/schema';
import { asksModels } from './no-model';
import type { RunRequest } from './run-dialog';
import { sendingSteps, wasTold } from './sends-notice';

/** Where the inspector lies over the canvas. */
const narrow = '(max-width: 63.99rem)';

/** From a press on Run to the run on the canvas: asks for input, starts the draft, follows. Publishes nothing. */
export function useRunFlow() {
  const session = useSession();
  const show = useShowRun();
  const start = useStartRun();
  const cancel = useCancelRun();
  const [asking, setAsking] = useState<{ mode: RunMode; how: RunHow }>();
  const hasModel = useHasModel();
  const [pending, setPending] = useState(false);

  const { mutate } = cancel;
  /** Ends the run that the canvas shows while it goes on; says whether there was one to end. */
  const stop = useCallback(() => {
    const shown = session.run.get();
    if (!shown?.state || isOver(shown.state.status)) return false;
    mutate(shown.runId, { onError: (error) => toastError('The run was not cancelled', error) });
    return true;
  }, [session, mutate]);

  const run = async (request: RunRequest) => {
    setPending(true);
    try {
      const { id } = await start.mutateAsync({
        workflowId: session.workflowId,
        mode: request.mode,
        ...(request.version === 'draft'
          ? { version: 'draft' as const, stateVector: seenOf(session) }
          : { version: request.version }),
        ...(request.how.until ? { until: request.how.until.id } : {}),
        ...(request.how.debug ? { debug: request.how.debug } : {}),
        input: request.input as NonNullable<Parameters<typeof start.mutateAsync>[0]['input']>,
      });
      setAsking(undefined);
      show(id);
      // There the panel lies over the run.
      if (matchMedia(narrow).matches) session.actions.closeInspector();
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
    stop,
    close: () => setAsking(undefined),
    /** Starts at once when there is nothing to ask. */
    request: ((mode, how = {}) => {
      if (pending) return;
      const nothingToAsk = inputsOf(session.graph.get()).length === 0;
      touchAll(session.local, session.problems.get());
      const blocked = session.problems.get().some(({ severity }) => severity === 'error');
      const scripted = mode === 'live' && hasModel === false && asksModels(session.graph.get());
      const told =
        mode !== 'live' || wasTold(session.workflowId, sendingSteps(session.graph.get()));
      if (nothingToAsk && !blocked && !scripted && told) {
        void run({ mode, how, input: {}, version: 'draft' });
      } else setAsking({ mode, how });
    }) satisfies RequestRun,
  };
}
