import { useQuery } from '@tanstack/react-query';
import { ApiError, call } from '@/components/data/call';
import { showSubmission } from '@/lib/triggers/forms/contract';

/** How a submission stands, asked for again until it is over: often at first, then every five seconds. */
export function useSubmission(token: string, submission: string) {
  const { data, error } = useQuery({
    queryKey: ['submission', token, submission],
    queryFn: ({ signal }) => call(showSubmission, { params: { token, submission } }, { signal }),
    refetchInterval: ({ state }) => {
      if (state.data?.state === 'done' || state.data?.state === 'failed') return false;
      if (isGone(state.error)) return false;
      return Math.min(5_000, 700 + state.dataUpdateCount * 300);
    },
    retry: (count, failure) => !isGone(failure) && count < 5,
  });
  return { data, lost: isGone(error) ? error?.message : undefined };
}

/** No later question is answered otherwise. */
function isGone(error: Error | null): boolean {
  return ApiError.isInstance(error) && error.status >= 400 && error.status < 429;
}
