'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type CallInput, call } from '@/components/data/call';
import { useMutation } from '@/components/data/mutation/mutation';
import { keys } from '@/components/data/queries';
import { toastError } from '@/components/ui/controls/toast';
import { forkRun } from '@/lib/runs/contract';
import { releaseStep, setDebug } from '@/lib/runs/debug-contract';
import type { Debug } from '@/lib/runs/schema';

type Release = NonNullable<CallInput<typeof releaseStep>['body']>;
export type Fork = NonNullable<CallInput<typeof forkRun>['body']>;

/** Sets where a run stops, for everybody who watches it. */
export const putDebug = (runId: string, debug: Debug) =>
  call(setDebug, { params: { id: runId }, body: debug });

/** Lets a step go that the debugger holds. Throws `conflict` when somebody was faster. */
export const release = (runId: string, stepId: string, body: Release = {}) =>
  call(releaseStep, { params: { id: runId, stepId }, body });

/** Starts a run that takes over results of another, and answers with its id. */
export function useFork() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ runId, ...body }: Fork & { runId: string }) =>
      call(forkRun, { params: { id: runId }, body }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: [...keys.runs] });
    },
    onError: (error) => toastError('The run did not start', error),
  });
}

/** Forks a run and goes to the page of the new one. */
export function useForkAndGo(runId: string) {
  const router = useRouter();
  const fork = useFork();
  return {
    pending: fork.isPending,
    go: (body: Fork = {}) =>
      fork.mutate({ runId, ...body }, { onSuccess: ({ id }) => router.push(`/runs/${id}`) }),
  };
}
