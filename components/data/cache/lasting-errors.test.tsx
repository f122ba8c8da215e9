import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { act, render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { ApiError } from '../call';
import { queryClient } from './query-provider';

/** A server whose answers are given by hand. */
function server() {
  const waiting: { answer: (text: string) => void; fail: (error: Error) => void }[] = [];
  const ask = () =>
    new Promise<string>((answer, fail) => {
      waiting.push({ answer, fail });
    });
  return { ask, waiting };
}

const notFound = () => new ApiError('not_found', 404, 'Not there');

test('a query that failed shows its error until the next answer, not a page that loads', async () => {
  const { ask, waiting } = server();
  function Page() {
    const { data, error, isPending, isFetching } = useQuery({ queryKey: ['one'], queryFn: ask });
    const text = error ? `error ${error.message}` : isPending ? 'loading' : `data ${data}`;
    return <p>{isFetching ? `${text}, asking` : text}</p>;
  }
  const client = queryClient();
  render(
    <QueryClientProvider client={client}>
      <Page />
    </QueryClientProvider>,
  );
  const hint = () => act(() => void client.invalidateQueries());
  await screen.findByText('loading, asking');
  waiting[0]?.fail(notFound());
  await screen.findByText('error Not there');
  hint();
  await screen.findByText('error Not there, asking');
  waiting[1]?.fail(notFound());
  await screen.findByText('error Not there');
  hint();
  await screen.findByText('error Not there, asking');
  waiting[2]?.answer('here');
  await screen.findByText('data here');
  // The answer ended the error for good.
  hint();
  await screen.findByText('data here, asking');
  waiting[3]?.answer('changed');
  await screen.findByText('data changed');
  expect(waiting).toHaveLength(4);
});
