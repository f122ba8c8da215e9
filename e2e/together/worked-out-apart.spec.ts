import { expect } from '@playwright/test';
import {
  createChain,
  draftOf,
  expectSaved,
  inspector,
  openEditor,
  select,
  textOf,
} from '../support/editor';
import { owner } from '../support/owner';
import { long, test } from '../support/test';

test.use({ storageState: owner.state });

const expressionIn = async (page: Parameters<typeof draftOf>[0], workflow: string, id: string) =>
  (await draftOf(page, workflow)).nodes.find((node) => node.id === id)?.config.expression;

test(
  'items that a teammate wrote are worked out apart, and typing goes on',
  long,
  async ({ page }) => {
    const items = 'range(100000).map(a, range(100000).map(b, a * b).size())';
    const answer = await page.request.post('/api/v2/workflows', {
      data: {
        schema: 1,
        name: 'Heavy items',
        nodes: [
          { id: 'start', type: 'start', name: 'Start', position: { x: 0, y: 0 } },
          {
            id: 'each',
            type: 'map',
            name: 'For each',
            config: { items },
            position: { x: 300, y: 0 },
          },
          {
            ...{ id: 'greet', type: 'transform', name: 'Greet', group: 'each' },
            ...{ config: { expression: '"Hello"' }, position: { x: 324, y: 160 } },
          },
        ].map((each) => ({ config: {}, key: each.id, ...each })),
        edges: [{ id: 'one', source: 'start', target: 'each' }],
      },
    });
    expect(answer.status(), await answer.text()).toBe(201);
    const workflow = (await answer.json()).id as string;
    await openEditor(page, workflow);
    await select(page, 'Greet');
    const field = inspector(page).getByRole('textbox', { name: 'Single expression' });
    await field.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' + string(item)', { delay: 10 });
    await expect.poll(() => textOf(field)).toBe('"Hello" + string(item)');
    await inspector(page).getByRole('button', { name: 'Use a value' }).click();
    await expect.poll(() => page.workers().length).toBeGreaterThan(0);
    await page.keyboard.press('Escape');
    await field.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' + "!"', { delay: 10 });
    await expectSaved(page);
    await expect
      .poll(() => expressionIn(page, workflow, 'greet'))
      .toBe('"Hello" + string(item) + "!"');
  },
);

test('a long draft full of faults is checked apart, and typing goes on', long, async ({ page }) => {
  const unknown = Array.from({ length: 1_500 }, (_, index) => `a${index}`).join('+');
  const workflow = await createChain(page, 'Full of faults', [
    { id: 'start', type: 'start', name: 'Start' },
    ...Array.from({ length: 12 }, (_, index) => ({
      ...{ id: `n${index}`, type: 'transform', name: `Fault ${index}` },
      config: { expression: index === 0 ? '1' : unknown },
    })),
  ]);
  await openEditor(page, workflow);
  await expect.poll(() => page.workers().length).toBeGreaterThan(0);
  await select(page, 'Fault 0');
  await inspector(page).getByRole('textbox', { name: 'Single expression' }).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' + nowhere', { delay: 10 });
  await expect(inspector(page).getByText('There is no value named "nowhere" here.')).toBeVisible();
  await expectSaved(page);
  await expect.poll(() => expressionIn(page, workflow, 'n0')).toBe('1 + nowhere');
});
