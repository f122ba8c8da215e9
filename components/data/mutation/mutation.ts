import { type UseMutationOptions, useMutation as useTanstackMutation } from '@tanstack/react-query';
import { useCallback } from 'react';

/** What one caller does when its change was answered. */
interface Afterwards<Data, Failure> {
  onSuccess?: (data: Data) => void;
  onError?: (error: Failure) => void;
  onSettled?: () => void;
}

/**
 * The library's mutation, except that what a caller passes to `mutate` happens even if the caller is gone by then.
 *
 * A row, a card or an empty state often vanishes by the very refetch that its change causes, and the library drops the
 * callbacks of whoever vanished: the toast would be lost. Success is told only on the page where it was asked for, so
 * that nobody who went elsewhere is taken back by a callback that navigates; a failure is always told.
 */
export function useMutation<Data, Failure = Error, Variables = void, Context = unknown>(
  options: UseMutationOptions<Data, Failure, Variables, Context>,
) {
  const mutation = useTanstackMutation(options);
  const { mutateAsync } = mutation;
  const mutate = useCallback(
    (variables: Variables, after: Afterwards<Data, Failure> = {}) => {
      const page = window.location.pathname;
      mutateAsync(variables).then(
        (data) => {
          if (window.location.pathname !== page) return;
          after.onSuccess?.(data);
          after.onSettled?.();
        },
        (error: Failure) => {
          after.onError?.(error);
          after.onSettled?.();
        },
      );
    },
    [mutateAsync],
  );
  return { ...mutation, mutate };
}
