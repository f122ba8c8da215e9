import { expect, type Page } from '@playwright/test';
import type * as Y from 'yjs';
import {
  canvas,
  connection,
  createChain,
  draftOf,
  expectSaved,
  inspector,
  openEditor,
  select,
  step,
  textOf,
} from './support/editor';
import { owner } from './support/owner';
import { editBySocket } from './support/socket';
import { long, test } from './support/test';

test.use({ storageState: owner.state });

const chain = (page: Page, name: string) =>
  createChain(page, name, [
    {
      id: 'start',
      type: 'start',
      name: 'Start',
      config: { inputs: [{ id: 'o', name: 'orders', type: 'file' }] },
    },
    { id: 'read', type: 'read-file', name: 'Read orders', config: { file: 'sample:sales.csv' } },
    { id: 'count', type: 'transform', name: 'Count', config: { expression: '1' } },
  ]);

test(
  'a value of the wrong kind is refused with its line; one that is stored is shown as a problem',
  long,
  async ({ page }) => {
    await page.goto('/workflows');
    const file =
      'name: W\nnodes:\n  - id: a\n    type: transform\n    name: A\n    config:\n      expression: 1\n';
    const refused = await page.request.post('/api/v2/workflows', {
      headers: { 'content-type': 'application/yaml' },
      data: file,
    });
    expect(refused.status()).toBe(400);
    expect((await refused.json()).error.message).toContain('Line 7');

    const id = await chain(page, 'Strange values');
    const { answer } = await editBySocket(page, id, (doc) => {
      const config = (key: string) =>
        (doc.getMap('nodes').get(key) as Y.Map<unknown>).get('config') as Y.Map<unknown>;
      config('count').set('expression', 1);
      config('read').set('file', { not: 'a text' });
      config('start').set('inputs', 'none');
    });
    expect(answer.ok).toBe(true);
    await openEditor(page, id);
    await select(page, 'Count');
    await expect(inspector(page).getByText(/must be a text, not the number 1/)).toBeVisible();
    await inspector(page).getByRole('textbox', { name: 'Single expression' }).click();
    await page.keyboard.type('2');
    await expectSaved(page);
    await expect
      .poll(async () => (await draftOf(page, id)).nodes.find((each) => each.id === 'count')?.config)
      .toMatchObject({ expression: '2' });
    for (const name of ['Read orders', 'Start']) await select(page, name);
  },
);

test(
  'a field keeps the letters of who clears it, and takes braces as they are typed',
  long,
  async ({ page }) => {
    const id = await chain(page, 'Cleared field');
    await openEditor(page, id);
    await select(page, 'Read orders');
    await inspector(page).getByRole('combobox', { name: 'File' }).click();
    await page.getByRole('option', { name: 'From input or a step' }).click();
    const reference = inspector(page).getByRole('textbox', { name: 'File: reference' });
    await expect.poll(() => textOf(reference)).toBe('{{ input.orders }}');

    await reference.click();
    for (let twice = 0; twice < 2; twice += 1) {
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Delete');
    }
    await expect(reference).toBeFocused();
    for (const name of ['Start', 'Read orders', 'Count'])
      await expect(step(page, name)).toBeVisible();
    await page.keyboard.type('{{ input.nope }}');
    await page.keyboard.press('Escape');
    await expect.poll(() => textOf(reference)).toMatch(/^\{\{ input\.nope *\}\}$/);
  },
);

test('a click on a short edge chooses it and deletes nothing', long, async ({ page }) => {
  const id = await chain(page, 'Short edges');
  await openEditor(page, id);
  const edge = connection(page, 'Read orders', 'Count');
  const box = await edge.boundingBox();
  if (!box) throw new Error('The edge is not on the screen.');
  const middle = [box.x + box.width / 2, box.y + box.height / 2] as const;
  await page.mouse.move(...middle);
  await page.mouse.click(...middle);
  await page.mouse.click(...middle);
  await expect(edge).toBeVisible();
  await expect(canvas(page).getByRole('button', { name: 'Delete this wire' })).toBeVisible();
  await canvas(page).getByRole('button', { name: 'Delete this wire' }).click();
  await expect(edge).toHaveCount(0);
});

test(
  'a live run says where the scripted model answered, and how far a failed one came',
  long,
  async ({ page }) => {
    const id = await createChain(page, 'By the script', [
      { id: 'start', type: 'start', name: 'Start' },
      {
        id: 'note',
        type: 'agent',
        name: 'Write note',
        config: { prompt: 'Write.', model: { provider: 'rehearsal', model: 'rehearsal' } },
      },
      { id: 'bad', type: 'transform', name: 'Broken', config: { expression: 'int("x")' } },
      { id: 'last', type: 'transform', name: 'Last', config: { expression: '1' } },
    ]);
    expect(
      (await page.request.post(`/api/v2/workflows/${id}/publish`, { data: {} })).status(),
    ).toBe(201);
    const started = await page.request.post(`/api/v2/workflows/${id}/runs`, { data: {} });
    const { id: runId } = await started.json();
    await expect
      .poll(async () => (await (await page.request.get(`/api/v2/runs/${runId}`)).json()).status)
      .toBe('failed');
    await page.goto(`/runs?workflowId=${id}`);
    // Of its model steps all were scripted: nothing of it is an answer of a model.
    await expect(page.getByRole('row', { name: /By the script/ })).toContainText('Made-up answers');
    await page.goto(`/runs/${runId}`);
    await expect(page.getByText('failed at 3 of 4')).toBeVisible();
    await expect(page.getByText('Made-up answers', { exact: true }).first()).toBeVisible();
  },
);
