import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { useMutation } from '../mutation/mutation';
import { queryClient } from './query-provider';

test.each([
  [false, 'deleted lamp'],
  [true, 'the list was kept'],
])('what a caller wants told is told though its row is gone (fails: %s)', async (fails, words) => {
  const told = vi.fn();
  let rows = ['lamp'];
  let answer: () => void = () => undefined;
  function Row({ name }: { name: string }) {
    const remove = useMutation({
      async mutationFn() {
        await new Promise<void>((done) => {
          answer = done;
        });
        if (fails) throw new Error('the list was kept');
        return name;
      },
    });
    const click = () =>
      remove.mutate(undefined, {
        onSuccess: (gone) => told(`deleted ${gone}`),
        onError: (error) => told(error.message),
      });
    return (
      <button type="button" onClick={click}>
        Delete {name}
      </button>
    );
  }
  function List() {
    const { data } = useQuery({ queryKey: ['rows'], queryFn: async () => rows });
    return data?.length === 0 ? (
      <p>No rows</p>
    ) : (
      data?.map((name) => <Row key={name} name={name} />)
    );
  }
  const client = queryClient();
  render(
    <QueryClientProvider client={client}>
      <List />
    </QueryClientProvider>,
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Delete lamp' }));
  // The live hint of the change arrives before its answer.
  rows = [];
  await act(() => client.invalidateQueries({ queryKey: ['rows'] }));
  await screen.findByText('No rows');
  answer();
  await vi.waitFor(() => expect(told).toHaveBeenCalledWith(words));
});

test('success is not told on another page, where it could navigate back', async () => {
  const told = vi.fn();
  let answer: () => void = () => undefined;
  function Form() {
    const save = useMutation({ mutationFn: () => new Promise<void>((done) => (answer = done)) });
    return (
      <button type="button" onClick={() => save.mutate(undefined, { onSuccess: told })}>
        {save.status}
      </button>
    );
  }
  render(
    <QueryClientProvider client={queryClient()}>
      <Form />
    </QueryClientProvider>,
  );
  const saved = async () => {
    answer();
    await screen.findByRole('button', { name: 'success' });
  };
  await userEvent.click(await screen.findByRole('button', { name: 'idle' }));
  await screen.findByRole('button', { name: 'pending' });
  const before = window.location.pathname;
  window.history.pushState({}, '', '/elsewhere');
  await saved();
  window.history.pushState({}, '', before);
  expect(told).not.toHaveBeenCalled();

  await userEvent.click(screen.getByRole('button', { name: 'success' }));
  await screen.findByRole('button', { name: 'pending' });
  await saved();
  expect(told).toHaveBeenCalledOnce();
});
