import { expect } from '@playwright/test';
import { canvas, createChain, draftOf, expectSaved, openEditor, step } from './support/editor';
import { owner } from './support/owner';
import { long, test } from './support/test';

test.use({ storageState: owner.state });

/** Drops a file on an element, as a person would from their desktop. */
async function dropFile(page: import('@playwright/test').Page, name: string, text: string) {
  const files = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content ?? ''], fileName ?? ''));
      return transfer;
    },
    [name, text],
  );
  const box = await canvas(page).boundingBox();
  if (!box) throw new Error('There is no canvas.');
  const at = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
  for (const event of ['dragenter', 'dragover', 'drop']) {
    await canvas(page).dispatchEvent(event, { dataTransfer: files, ...at });
  }
}

test('a template becomes a workflow that rehearses without a key', async ({ page }) => {
  await page.goto('/workflows');
  await page.getByRole('button', { name: 'New workflow' }).click();
  await page.getByRole('menuitem', { name: 'From a template…' }).click();
  await page.getByRole('searchbox', { name: 'Search templates' }).fill('judge');
  await page.getByRole('button', { name: /^Debate and judge/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Debate and judge' });
  await expect(dialog.getByText(/5 model calls a run: about \$/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Use this template' }).click();
  await expectSaved(page);
  await expect(step(page, 'Judge')).toBeVisible();
  await page.getByRole('button', { name: 'More run options' }).click();
  await page.getByRole('menuitem', { name: /^Rehearse/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rehearse' }).click();
  const run = page.getByRole('region', { name: 'Run', exact: true });
  await expect(run.getByText('Succeeded', { exact: true }).first()).toBeVisible();
});

test(
  'a file that is dropped on the canvas adds its steps, and a broken one none',
  long,
  async ({ page }) => {
    const id = await createChain(page, 'Takes files', [
      { id: 'first', type: 'transform', name: 'First', config: { expression: '1' } },
    ]);
    await openEditor(page, id);
    await dropFile(page, 'broken.yaml', 'name: Broken\nnodes:\n  - id: a\n    type: 12\n');
    const dialog = page.getByRole('dialog', { name: 'The file was not added' });
    await expect(dialog.getByText(/Line 4/)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    expect((await draftOf(page, id)).nodes).toHaveLength(1);

    const two = [
      'name: Two',
      'nodes:',
      '  - { id: a, type: transform, name: Left, config: { expression: "2" } }',
      '  - { id: b, type: transform, name: Right, config: { expression: "3" } }',
      'edges:',
      '  - { source: a, target: b }',
    ].join('\n');
    await dropFile(page, 'two.yaml', two);
    await expect(step(page, 'Right')).toBeVisible();
    await expectSaved(page);
    await expect.poll(async () => (await draftOf(page, id)).edges.length).toBe(1);
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await expect(step(page, 'Right')).toHaveCount(0);
  },
);
