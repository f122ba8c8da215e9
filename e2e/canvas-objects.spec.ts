import { expect, type Locator, type Page } from '@playwright/test';
import { canvas, createChain, draftOf, expectSaved, openEditor, step } from './support/editor';
import { owner } from './support/owner';
import { join, somebody } from './support/people';
import { long, test } from './support/test';

test.describe.configure({ mode: 'serial' });

const ben = somebody('Ben Baker');
let ana: Page;
let other: Page;
let workflow: string;

type Whole = {
  nodes: {
    id: string;
    name: string;
    group?: string;
    color?: string;
    position: { x: number; y: number };
  }[];
  edges: { source: string; target: string }[];
  groups?: { id: string; name: string; color?: string }[];
  notes?: { id: string; text: string; color?: string }[];
};
const whole = async (page: Page, id = workflow) => (await draftOf(page, id)) as unknown as Whole;
const ways = async (page: Page) =>
  (await whole(page)).edges.map(({ source, target }) => `${source} ${target}`);

const frame = (page: Page, name: string) =>
  canvas(page).getByRole('group', { name: new RegExp(`^Group ${name}, `) });
const note = (page: Page, text: string) =>
  canvas(page).getByRole('group', { name: new RegExp(`^Note: .*${text}`) });

async function middle(of: Locator) {
  const box = await of.boundingBox();
  if (!box) throw new Error('It is not on the screen.');
  const { width, height } = box;
  return { x: box.x + width / 2, y: box.y + height / 2, width, height };
}

/** Drags with the mouse from one point of the screen to another. */
async function dragTo(page: Page, from: { x: number; y: number }, to: { x: number; y: number }) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 5 });
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.mouse.up();
}

/** Takes a card near its left edge, where no button of it is, and drops its middle somewhere. */
async function dragCard(page: Page, name: string, to: { x: number; y: number }) {
  await step(page, name).hover();
  const box = await step(page, name).boundingBox();
  if (!box) throw new Error(`${name} is not on the screen.`);
  const grip = { x: box.x + box.width / 3, y: box.y + box.height / 2 };
  await dragTo(page, grip, { x: to.x - box.width / 6, y: to.y });
}

async function clearSelection(page: Page) {
  // A menu that is still closing takes Escape for itself.
  await expect(page.getByRole('menu')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(canvas(page).locator('.react-flow__node.selected')).toHaveCount(0);
}

test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext({
    storageState: owner.state,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  ana = await context.newPage();
  other = await join(ana, ben, 'Editor');
  const answer = await ana.request.post('/api/v2/workflows', {
    data: {
      schema: 1,
      name: 'Whole canvas',
      nodes: [
        { id: 'start', type: 'start', name: 'Start', position: { x: 0, y: 0 } },
        { id: 'fetch', type: 'transform', name: 'Fetch', position: { x: 300, y: 0 } },
        { id: 'clean', type: 'transform', name: 'Clean', position: { x: 600, y: 8 } },
        { id: 'result', type: 'output', name: 'Result', position: { x: 1_000, y: 0 } },
        { id: 'loose', type: 'transform', name: 'Loose', position: { x: 300, y: 300 } },
      ].map((each) => ({ key: each.id, config: {}, ...each })),
      edges: [
        { id: 'one', source: 'start', target: 'fetch' },
        { id: 'two', source: 'fetch', target: 'clean' },
        { id: 'three', source: 'clean', target: 'result' },
      ],
    },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  workflow = (await answer.json()).id;
  await Promise.all([ana, other].map((page) => openEditor(page, workflow)));
});

test.afterAll(async () => {
  await Promise.all([ana, other].map((page) => page?.context().close()));
});

test('a rubber band and one key make a group, which the other sees by its name', async () => {
  const [first, last] = [await middle(step(ana, 'Fetch')), await middle(step(ana, 'Clean'))];
  await dragTo(
    ana,
    { x: first.x - first.width * 0.6, y: first.y - 60 },
    { x: last.x + last.width * 0.6, y: last.y + 60 },
  );
  await ana.keyboard.press('Control+g');
  const name = canvas(ana).getByRole('textbox', { name: 'Group name' });
  await expect(name).toBeFocused();
  await name.fill('Research');
  await name.press('Enter');
  await expect(frame(other, 'Research')).toBeVisible();
  await expectSaved(ana);
  const { nodes, groups } = await whole(ana);
  expect(groups).toMatchObject([{ name: 'Research' }]);
  const inside = nodes.filter((node) => node.group === groups?.[0]?.id);
  expect(inside.map((node) => node.name).sort()).toEqual(['Clean', 'Fetch']);
});

test('its header moves all of it, and one undo takes it back', async () => {
  await clearSelection(ana);
  const before = await whole(ana);
  const { x, y, width } = await middle(frame(ana, 'Research'));
  const box = await frame(ana, 'Research').boundingBox();
  const grip = { x: x - width * 0.1, y: (box?.y ?? y) + 12 };
  await dragTo(ana, grip, { x: grip.x, y: grip.y - 80 });
  const ys = async () => (await whole(ana)).nodes.map((node) => node.position.y);
  await expect.poll(async () => (await ys())[1]).toBeLessThan(-40);
  const moved = await ys();
  expect((moved[1] ?? 0) - (before.nodes[1]?.position.y ?? 0)).toBe(
    (moved[2] ?? 0) - (before.nodes[2]?.position.y ?? 0),
  );
  expect([moved[0], moved[3]]).toEqual([0, 0]);
  await ana.keyboard.press('Control+z');
  await expect.poll(ys).toEqual(before.nodes.map((node) => node.position.y));
});

test('a step that is dropped in the frame joins, and leaves when it is dragged out', async () => {
  await clearSelection(ana);
  const groupOf = async () => (await whole(ana)).nodes.find(({ id }) => id === 'loose')?.group;
  const box = await middle(frame(ana, 'Research'));
  const bottom = { x: box.x, y: box.y + box.height / 2 - 12 };
  await dragCard(ana, 'Loose', bottom);
  await expect.poll(groupOf).toBeTruthy();
  await expect(canvas(other).getByRole('group', { name: 'Group Research, 3 steps' })).toBeVisible();
  await clearSelection(ana);
  await dragCard(ana, 'Loose', { x: box.x, y: box.y + 330 });
  await expect.poll(groupOf).toBeUndefined();
});

test('a step that is dropped on a edge is put into it', long, async () => {
  await clearSelection(ana);
  const [from, to] = [await middle(step(ana, 'Clean')), await middle(step(ana, 'Result'))];
  const edge = {
    x: (from.x + from.width / 2 + to.x - to.width / 2) / 2,
    y: (from.y + to.y) / 2,
  };
  await dragCard(ana, 'Loose', edge);
  await expect.poll(() => ways(ana)).toContain('loose result');
  const now = await ways(ana);
  expect(now).toContain('clean loose');
  expect(now).not.toContain('clean result');
  await ana.keyboard.press('Control+z');
  await expect.poll(() => ways(ana)).toContain('clean result');
  expect(await ways(ana)).toHaveLength(3);
});

test('two write one note', long, async () => {
  await clearSelection(ana);
  await ana.keyboard.press('Shift+N');
  const field = canvas(ana).getByRole('textbox', { name: 'Note' });
  await expect(field).toBeFocused();
  await ana.keyboard.type('Read this first');
  await expect(note(other, 'Read this first')).toBeVisible();
  await note(other, 'Read this first').dblclick();
  await expect(canvas(other).getByRole('textbox', { name: 'Note' })).toBeFocused();
  await other.keyboard.press('Control+End');
  await other.keyboard.type(', says Ben');
  await ana.keyboard.press('Escape');
  await expect(note(ana, 'Read this first, says Ben')).toBeVisible();
  await other.keyboard.press('Escape');
});

test('a note is moved, sized, coloured and deleted by keyboard', long, async () => {
  const notes = async () => (await whole(ana)).notes ?? [];
  const [before] = (await notes()) as unknown as {
    position: { y: number };
    width: number;
  }[];
  await note(ana, 'Read this first').focus();
  await ana.keyboard.press(' ');
  await ana.keyboard.press('ArrowDown');
  await expect
    .poll(async () => ((await notes())[0] as unknown as { position: { y: number } }).position.y)
    .toBe((before?.position.y ?? 0) + 8);
  await canvas(ana)
    .getByRole('button', { name: /^Note size/ })
    .focus();
  await ana.keyboard.press('ArrowRight');
  await expect
    .poll(async () => ((await notes())[0] as unknown as { width: number }).width)
    .toBe((before?.width ?? 0) + 8);
  await canvas(ana)
    .getByRole('toolbar', { name: 'Note actions' })
    .getByLabel('Blue')
    .press('Enter');
  await expect.poll(async () => (await notes())[0]?.color).toBe('blue');
});

test('what is selected is aligned', long, async () => {
  await clearSelection(ana);
  await step(ana, 'Fetch').click({ position: { x: 90, y: 20 } });
  await step(ana, 'Clean').click({ position: { x: 90, y: 20 }, modifiers: ['Shift'] });
  await ana.keyboard.press('Alt+KeyW');
  await expect
    .poll(async () => (await whole(ana)).nodes.slice(1, 3).map((node) => node.position.y))
    .toEqual([0, 0]);
});

test(
  'all of it is pasted into another workflow, with its group, note and colours',
  long,
  async () => {
    await clearSelection(ana);
    await ana.keyboard.press('Control+a');
    await ana.keyboard.press('Control+c');
    const target = await createChain(ana, 'Pasted', [
      { id: 'start', type: 'start', name: 'Begin' },
    ]);
    await openEditor(ana, target);
    await expect(step(ana, 'Begin')).toBeVisible();
    await ana.keyboard.press('Control+v');
    await expect(frame(ana, 'Research')).toBeVisible();
    await expectSaved(ana);
    const pasted = await whole(ana, target);
    expect(pasted.nodes.map((node) => node.name).sort()).toEqual(
      ['Begin', 'Clean', 'Fetch', 'Loose', 'Result', 'Start'].sort(),
    );
    expect(pasted.edges).toHaveLength(3);
    expect(pasted.notes).toMatchObject([{ color: 'blue' }]);
    const [group] = pasted.groups ?? [];
    expect(pasted.nodes.filter((node) => node.group === group?.id)).toHaveLength(2);
    expect(group?.id).not.toBe((await whole(ana)).groups?.[0]?.id);
  },
);

test('a thousand steps are pasted at once and saved', long, async () => {
  const target = await createChain(ana, 'Large', []);
  await openEditor(ana, target);
  const nodes = Array.from({ length: 1_000 }, (_, i) => ({
    id: `n${i}`,
    key: `n${i}`,
    type: 'model',
    name: `Step ${i}`,
    position: { x: (i % 40) * 300, y: Math.floor(i / 40) * 120 },
    config: { prompt: `Write a paragraph about ${'this and that and '.repeat(15)}${i}.` },
  }));
  const text = JSON.stringify({ ensemble: 'steps', schema: 1, nodes, edges: [] });
  expect(text.length).toBeGreaterThan(262_144);
  await ana.evaluate((content) => navigator.clipboard.writeText(content), text);
  await canvas(ana).click({ position: { x: 40, y: 300 } });
  await ana.keyboard.press('Control+v');
  await expect.poll(async () => (await whole(ana, target)).nodes.length).toBe(1_000);
  await expectSaved(ana);
  await ana.keyboard.press('Control+z');
  await expect.poll(async () => (await whole(ana, target)).nodes.length).toBe(0);
});

test('tidying puts the steps in order and leaves the fixed one', long, async () => {
  await openEditor(ana, workflow);
  await step(ana, 'Result').click({ button: 'right', position: { x: 90, y: 20 } });
  await ana.getByRole('menuitem', { name: 'Pin position' }).click();
  const stood = (await whole(ana)).nodes.find(({ id }) => id === 'result')?.position;
  await clearSelection(ana);
  await step(ana, 'Loose').hover();
  await ana.keyboard.press('Shift+L');
  await expect
    .poll(async () => (await whole(ana)).nodes.find(({ id }) => id === 'loose')?.position)
    .not.toEqual({ x: 300, y: 300 });
  expect((await whole(ana)).nodes.find(({ id }) => id === 'result')?.position).toEqual(stood);
});
