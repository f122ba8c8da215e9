import { screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { type FormHost, FormHostProvider } from '@/components/form/host';
import { api } from '@/components/testing/api';
import { sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { connectionSchema, createConnection } from '@/lib/connections/contract';
import { PasteCurl } from './paste-curl';

const command = `curl -X POST 'https://api.example.com/orders?a=1' -H 'Authorization: Bearer canary' -H 'X-A: b' -d '{"n":1}'`;

function open(role: 'editor' | 'admin') {
  const setAll = vi.fn();
  const host: FormHost = {
    ...{ readOnly: false, problems: [], set: () => undefined, setAll },
    ...{ addRow: () => undefined, removeRow: () => undefined, moveRow: () => undefined },
  };
  const shown = show(
    <FormHostProvider value={host}>
      <PasteCurl initial={command} onClose={() => undefined} />
    </FormHostProvider>,
    { role },
  );
  return { ...shown, setAll };
}

test('fills the step, and leaves the secret out for those who may not keep it', async () => {
  const { user, setAll } = open('editor');
  expect(screen.getByText(/Ask an admin for a connection/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Fill the step' }));
  const [values] = setAll.mock.calls[0] ?? [];
  expect(values).toMatchObject({
    ...{ method: 'POST', url: 'https://api.example.com/orders', body: '{"n":1}' },
    query: [{ name: 'a', value: '1' }],
    headers: [{ name: 'X-A', value: 'b' }, { name: 'Content-Type' }],
  });
  expect(JSON.stringify(values)).not.toContain('canary');
});

test('puts the secret into a connection for that host, and names it in the step', async () => {
  const saved = sampleOf(connectionSchema, {
    ...{ name: 'api.example.com', kind: 'bearer', config: { hosts: ['api.example.com'] } },
  });
  api.on(createConnection, saved);
  const { user, setAll } = open('admin');
  await user.click(screen.getByRole('button', { name: 'Make a connection and fill' }));
  await user.click(await screen.findByRole('button', { name: 'Save' }));
  await expect
    .poll(() => setAll.mock.calls[0]?.[0])
    .toMatchObject({ connection: 'api.example.com' });
  expect(JSON.stringify(setAll.mock.calls)).not.toContain('canary');
  expect(api.asked(createConnection)[0]?.body).toMatchObject({
    ...{ kind: 'bearer', secret: 'canary', config: { hosts: ['api.example.com'] } },
  });
});
