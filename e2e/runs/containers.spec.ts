import { expect, type Page } from '@playwright/test';
import { canvas, draftOf, expectSaved, openEditor, select, step } from '../support/editor';
import { owner } from '../support/owner';
import { long, test } from '../support/test';

test.describe.configure({ mode: 'serial' });

let ana: Page;
let workflow: string;

type Placed = { id: string; name: string; group?: string };
const nodes = async () => (await draftOf(ana, workflow)).nodes as unknown as Placed[];
const groupOf = async (name: string) => (await nodes()).find((node) => node.name === name)?.group;
const frame = (name: string) =>
  canvas(ana).getByRole('group', { name: new RegExp(`^Inside ${name}, `) });
const boxOf = async (what: ReturnType<typeof step>) => {
  const box = await what.boundingBox();
  if (!box) throw new Error('It is not on the screen.');
  return box;
};

/** Takes a card near its left edge, where no button of it is, and drops its middle somewhere. */
async function dragCard(name: string, to: { x: number; y: number }) {
  await step(ana, name).hover();
  const box = await boxOf(step(ana, name));
  const from = { x: box.x + box.width / 3, y: box.y + box.height / 2 };
  const end = { x: to.x - box.width / 6, y: to.y };
  await ana.mouse.move(from.x, from.y);
  await ana.mouse.down();
  await ana.mouse.move((from.x + end.x) / 2, (from.y + end.y) / 2, { steps: 5 });
  await ana.mouse.move(end.x, end.y, { steps: 5 });
  await ana.mouse.up();
}

async function undo() {
  await ana.keyboard.press('Escape');
  await ana.keyboard.press('Control+z');
}

test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext({ storageState: owner.state });
  ana = await context.newPage();
  const answer = await ana.request.post('/api/v2/workflows', {
    data: {
      schema: 1,
      name: 'Containers',
      nodes: [
        { id: 'start', type: 'start', name: 'Start', position: { x: 0, y: 0 } },
        {
          id: 'each',
          type: 'map',
          name: 'For each',
          position: { x: 300, y: 0 },
          config: { items: '["Oslo", "Bern", "Rome"]' },
        },
        {
          id: 'greet',
          type: 'transform',
          name: 'Greet',
          position: { x: 700, y: 320 },
          config: { expression: '"Hello"' },
        },
      ].map((each) => ({ config: {}, key: each.id, ...each })),
      edges: [{ id: 'one', source: 'start', target: 'each' }],
    },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  workflow = (await answer.json()).id;
  await openEditor(ana, workflow);
});

test.afterAll(async () => {
  await ana?.context().close();
});

test('a step that is dropped into the frame stands inside, and one undo takes it out', async () => {
  await expect(frame('For each')).toHaveAccessibleName('Inside For each, 0 steps');
  const { x, y, width, height } = await boxOf(frame('For each'));
  await dragCard('Greet', { x: x + width / 2, y: y + height / 2 });
  await expect.poll(() => groupOf('Greet')).toBe('each');
  await expect(frame('For each')).toHaveAccessibleName('Inside For each, 1 step');
  await undo();
  await expect.poll(() => groupOf('Greet')).toBeUndefined();
  await ana.keyboard.press('Control+Shift+z');
  await expect.poll(() => groupOf('Greet')).toBe('each');
});

test('its card takes along what stands inside', long, async () => {
  const before = await boxOf(step(ana, 'Greet'));
  const card = await boxOf(step(ana, 'For each'));
  await dragCard('For each', { x: card.x + card.width / 2, y: card.y + card.height / 2 - 80 });
  await expect
    .poll(async () => Math.round((await boxOf(step(ana, 'Greet'))).y - before.y))
    .toBeLessThan(-60);
  expect(await groupOf('Greet')).toBe('each');
});

test('a edge from outside is refused with a word why', long, async () => {
  const from = await boxOf(step(ana, 'Start'));
  const to = await boxOf(step(ana, 'Greet'));
  const end = { x: to.x, y: to.y + to.height / 2 };
  await ana.mouse.move(from.x + from.width, from.y + from.height / 2);
  await ana.mouse.down();
  await ana.mouse.move(end.x - 30, end.y, { steps: 5 });
  await ana.mouse.move(end.x, end.y, { steps: 5 });
  await expect(ana.getByText(/^A wire cannot lead into “For each”/)).toBeVisible();
  await ana.mouse.up();
  await ana.keyboard.press('Escape');
  expect((await draftOf(ana, workflow)).edges).toHaveLength(1);
});

test('a step after one inside is inside too, and the outline shows it there', long, async () => {
  await step(ana, 'Greet').hover();
  await step(ana, 'Greet').getByRole('button', { name: 'Add a step after Out' }).click();
  await ana.getByRole('dialog', { name: 'Add a step' }).getByRole('combobox').fill('transform');
  await ana.keyboard.press('Enter');
  await expect.poll(async () => (await nodes()).filter(({ group }) => group).length).toBe(2);
  await undo();
  await expect.poll(async () => (await nodes()).length).toBe(3);
});

test('deleting it deletes what stands inside, which one undo brings back', long, async () => {
  await select(ana, 'For each');
  await step(ana, 'For each').focus();
  await ana.keyboard.press('Delete');
  await expect.poll(async () => (await nodes()).map(({ id }) => id)).toEqual(['start']);
  await ana.getByRole('button', { name: 'Undo' }).first().click();
  await expect.poll(() => groupOf('Greet')).toBe('each');
  await expectSaved(ana);
});

test(
  'a rehearsal runs it for each item, and each has its own page with the way back',
  long,
  async () => {
    const published = await ana.request.post(`/api/v2/workflows/${workflow}/publish`, { data: {} });
    expect(published.status(), await published.text()).toBe(201);
    const started = await ana.request.post(`/api/v2/workflows/${workflow}/runs`, {
      data: { mode: 'rehearsal', input: {} },
    });
    expect(started.status(), await started.text()).toBe(202);
    const { id } = await started.json();
    await ana.goto(`/runs/${id}`);
    await expect(ana.getByText('Succeeded').first()).toBeVisible();
    await ana.getByRole('region', { name: 'Graph of the run' }).getByText('For each').click();
    const runs = ana.getByRole('region', { name: 'Runs of this step' });
    await expect(runs.getByText('3 of 3')).toBeVisible();
    await expect(runs.getByRole('link')).toHaveCount(3);
    await runs.getByRole('link', { name: /Item 2.*Bern/ }).click();
    const above = ana.getByRole('navigation', { name: 'Parent run' });
    await expect(above).toHaveText('Item 2 of For each in the run of Containers');
    const listed = await ana.request.get(`/api/v2/runs?workflowId=${workflow}`);
    expect((await listed.json()).items).toHaveLength(1);
    await above.getByRole('link').click();
    await expect(ana).toHaveURL(new RegExp(`/runs/${id}`));
    await expect(runs.getByText('3 of 3')).toBeVisible();
  },
);

test('dragged out of the frame it stands outside again', long, async () => {
  await openEditor(ana, workflow);
  const { x, y, width } = await boxOf(frame('For each'));
  await dragCard('Greet', { x: x + width / 2, y: y - 240 });
  await expect.poll(() => groupOf('Greet')).toBeUndefined();
  await expect(frame('For each')).toHaveAccessibleName('Inside For each, 0 steps');
});
