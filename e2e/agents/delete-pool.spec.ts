import { expect } from '@playwright/test';
import { owner } from '../support/owner';
import { test } from '../support/test';

test.use({ storageState: owner.state });

test('a pool is deleted with what waits in it, and its steps say what they lack', async ({
  page,
}) => {
  const name = `Desk ${Date.now()}`;
  const post = async (path: string, data: object) => {
    const answer = await page.request.post(`/api/v2/${path}`, { data });
    expect(answer.ok(), await answer.text()).toBe(true);
    return answer.json();
  };
  await post('pools', { name });
  const { items } = await post('messages', [
    { to: { pool: name }, body: 'One' },
    { to: { pool: name }, body: 'Two' },
  ]);
  const { id } = await post('workflows', {
    ...{ name: `Tells ${name}`, schema: 1 },
    nodes: [
      { id: 'tell', type: 'send-message', name: 'Tell the desk', config: { kind: 'pool', name } },
    ],
  });

  await page.goto('/agents');
  await page.getByRole('button', { name: `Delete ${name}` }).click();
  const dialog = page.getByRole('alertdialog', { name: `Delete ${name}?` });
  await expect(dialog.getByText('2 messages that wait in it are cancelled')).toBeVisible();
  await expect(dialog.getByRole('list', { name: 'Steps that name it' })).toContainText(
    'Tell the desk',
  );
  await dialog.getByRole('button', { name: 'Delete pool' }).click();
  await expect(page.getByText(`${name} was deleted; 2 messages cancelled`)).toBeVisible();
  await expect(page.getByRole('button', { name: `Delete ${name}` })).toBeHidden();

  const life = await (await page.request.get(`/api/v2/messages/${items[0].id}`)).json();
  expect(life.deliveries[0]).toMatchObject({
    state: 'cancelled',
    reason: expect.stringContaining(`The pool “${name}” was deleted by`),
  });
  const { problems } = await (await page.request.get(`/api/v2/workflows/${id}`)).json();
  expect(problems).toContainEqual(expect.objectContaining({ code: 'unknown_pool' }));
});
