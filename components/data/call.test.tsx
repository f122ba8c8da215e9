import { useQuery } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf, sampleOf } from '@/components/testing/sample';
import { deleteAgent, listAgents } from '@/lib/agents/contract';
import { agentSchema } from '@/lib/agents/schema';
import { listRuns, startRun } from '@/lib/runs/contract';
import { createWorkflow, exportWorkflow } from '@/lib/workflows/contract';
import { QueryProvider } from './cache/query-provider';
import { ApiError, call, pathOf } from './call';
import { unsent } from './unsent/unsent';

const failureOf = (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    (error: unknown) => (ApiError.isInstance(error) ? error : undefined),
  );

test('sends what a contract asks for, and leaves out what is not given', async () => {
  api.on(startRun, { id: idOf(2), status: 'queued' });
  const input = { customer: 'Ada' };
  await call(startRun, { params: { id: idOf(1) }, body: { input } }, { idempotencyKey: 'once' });
  const [asked] = api.asked(startRun);
  expect(asked?.body).toEqual({ input, mode: 'live' });
  expect(asked?.headers.get('idempotency-key')).toBe('once');
  await call(listRuns, { query: { status: undefined, workflowId: idOf(1) } });
  expect(api.asked(listRuns)[0]?.query).toEqual({ limit: 50, workflowId: idOf(1) });
});

test('sends a file as it is', async () => {
  api.on(createWorkflow, { id: idOf(1), name: 'A', problems: [] });
  await call(createWorkflow, { body: 'name: A' }, { contentType: 'application/yaml' });
  expect(api.asked(createWorkflow)[0]?.body).toBe('name: A');
});

test('makes addresses that hold what people wrote', () => {
  expect(pathOf(exportWorkflow, { params: { id: 'a/b ?' }, query: { format: 'yaml' } })).toBe(
    '/api/v2/workflows/a%2Fb%20%3F/export?format=yaml',
  );
});

test('says what the server said, and that there was none', async () => {
  api.refuse(deleteAgent, 'locked', 'A workflow uses it.', { by: 'x' });
  const refused = await failureOf(call(deleteAgent, { params: { id: idOf(1) } }));
  expect(refused).toMatchObject({ code: 'locked', status: 423, message: 'A workflow uses it.' });
  expect(refused?.details).toEqual({ by: 'x' });
  api.goOffline();
  const away = await failureOf(call(deleteAgent, { params: { id: idOf(1) } }));
  expect(away).toMatchObject({ code: 'offline', status: 0 });
});

test('reads an error that is no JSON by its status', async () => {
  api.raw('GET /api/v2/agents', () => new Response('<html>', { status: 502 }));
  const failure = await failureOf(call(listAgents, {}));
  expect(failure?.message).toBe('The server responded with status 502.');
});

test('throws the abort of who asked, not an error of the connection', async () => {
  const stop = new AbortController();
  stop.abort();
  const asked = call(listAgents, {}, { signal: stop.signal });
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
});

function Agents() {
  const { data, error } = useQuery({
    queryKey: ['agents'],
    queryFn: () => call(listAgents, {}),
    retryDelay: 0,
  });
  return <p>{error ? error.message : (data?.items.length ?? 'Loading')}</p>;
}

test('asks again where that can help, and not where it was refused', async () => {
  api.refuse(listAgents, 'forbidden', 'Not yours.');
  const first = render(<Agents />, { wrapper: QueryProvider });
  expect(await screen.findByText('Not yours.')).toBeTruthy();
  expect(api.asked(listAgents)).toHaveLength(1);
  first.unmount();
  let asked = 0;
  api.raw('GET /api/v2/agents', () => {
    asked += 1;
    const agent = sampleOf(agentSchema, { handle: 'a' });
    return asked < 3 ? new Response('', { status: 503 }) : Response.json({ items: [agent] });
  });
  render(<Agents />, { wrapper: QueryProvider });
  expect(await screen.findByText('1')).toBeTruthy();
  expect(asked).toBe(3);
});

test('finds an unsent text after a reload, until it is sent', () => {
  unsent.set('ada:x', 'Half a');
  expect(sessionStorage.getItem('ensemble.unsent.ada:x')).toBe('Half a');
  localStorage.setItem('ensemble.unsent.ada:other', 'Of another tab');
  expect(unsent.get('ada:other')).toBe('Of another tab');
  unsent.set('ada:x', '');
  expect(unsent.get('ada:x')).toBe('');
  expect(localStorage.getItem('ensemble.unsent.ada:x')).toBeNull();
});
