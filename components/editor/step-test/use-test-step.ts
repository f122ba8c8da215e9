import { useCallback, useState } from 'react';
import { useStartRun } from '@/components/data/queries';
import { seenOf } from '@/components/session/seen';
import { useSession } from '@/components/session/session';
import { toastError } from '@/components/ui/controls/toast';
import type { RunMode } from '@/lib/runs/schema';
import { isUnknown, sentOf, type TestData, testDataOf } from './test-data';

/** Steps of which this tab was told once what they do outside. */
const told = new Set<string>();

/** From a press on Test step to the run of it: asks for values that nothing is known of, says what it does outside. */
export function useTestStep(nodeId: string) {
  const session = useSession();
  const start = useStartRun();
  const [asking, setAsking] = useState<TestData>();
  const { mutateAsync } = start;
  const run = useCallback(
    async (data: TestData, written: ReadonlyMap<string, unknown>, mode: RunMode) => {
      told.add(nodeId);
      try {
        await mutateAsync({
          workflowId: session.workflowId,
          mode,
          only: nodeId,
          stateVector: seenOf(session),
          ...sentOf(data.given, written),
        });
        setAsking(undefined);
        return true;
      } catch (error) {
        toastError('The step did not run', error);
        return false;
      }
    },
    [mutateAsync, nodeId, session],
  );
  return {
    asking,
    run,
    pending: start.isPending,
    close: () => setAsking(undefined),
    /** Starts at once where all is known and said; resolves to whether it runs. */
    request: async () => {
      const data = testDataOf(session, nodeId);
      const quiet = data.outward.length === 0 || told.has(nodeId);
      if (quiet && !data.given.some(isUnknown)) return run(data, new Map(), 'live');
      setAsking(data);
      return false;
    },
    edit: () => setAsking(testDataOf(session, nodeId)),
  };
}
