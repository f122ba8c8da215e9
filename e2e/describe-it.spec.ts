import { expect } from '@playwright/test';
import { canvas, draftOf, expectSaved } from './support/editor';
import { owner } from './support/owner';
import { test } from './support/test';

test.use({ storageState: owner.state });

test('a workflow is made of a description in a variant of choice, says what it assumed, and runs as a rehearsal', async ({
  page,
}) => {
  await page.goto('/workflows');
  await page.getByRole('button', { name: 'New workflow' }).first().click();
  await page.getByRole('menuitem', { name: 'Describe it…' }).click();
  const dialog = page.getByRole('dialog', { name: 'New workflow' });
  const create = dialog.getByRole('button', { name: 'Create draft' });
  await expect(create).toBeDisabled();
  await dialog
    .getByLabel('Describe what it should do')
    .fill(
      'Every Monday at 9, read https://example.com/news, summarise it in five sentences and ask me for approval',
    );
  await create.click();
  const choice = page.getByRole('dialog', { name: 'Choose a variant' });
  await expect(choice.getByRole('heading', { level: 3 })).toHaveText(['Fast', 'Cheap', 'Best']);
  await expect(choice.getByText('Rehearsed to its end', { exact: false })).toHaveCount(3);
  await choice.getByRole('button', { name: 'Use this: Best' }).click();
  await page.waitForURL(/\/workflows\/[0-9a-f-]{36}$/);
  await expectSaved(page);
  const assumed = page.getByRole('region', { name: 'What was assumed' });
  await expect(assumed).toContainText('every Monday at 09:00');
  await expect(canvas(page).getByRole('group', { name: /^Fetch the page/ })).toBeVisible();

  const id = page.url().split('/').at(-1) ?? '';
  const { nodes, edges } = await draftOf(page, id);
  expect(nodes.map(({ name }: { name: string }) => name)).toContainEqual(
    expect.stringMatching(/^Review: Summarise/),
  );
  expect(edges.length).toBeGreaterThanOrEqual(nodes.length - 1);

  await assumed.getByRole('button', { name: 'Add, switched off' }).click();
  await expect(page.getByText('The trigger was added. It is off.')).toBeVisible();
  const triggers = await (await page.request.get(`/api/v2/workflows/${id}/triggers`)).json();
  expect(triggers.items).toMatchObject([{ kind: 'schedule', enabled: false }]);
  await assumed.getByRole('button', { name: 'Close' }).click();
  await expect(assumed).toBeHidden();

  const started = await page.request.post(`/api/v2/workflows/${id}/runs`, {
    data: { version: 'draft', mode: 'rehearsal' },
  });
  expect(started.status(), await started.text()).toBe(202);
  const { id: runId } = await started.json();
  const status = async () =>
    (await (await page.request.get(`/api/v2/runs/${runId}`)).json()).status;
  // It ends, or waits for the approval that was asked for.
  await expect.poll(status).toMatch(/^(succeeded|waiting)$/);
});
