import { expect, type Page } from '@playwright/test';
import {
  canvas,
  chooseStep,
  connect,
  connection,
  createChain,
  draftOf,
  drag,
  expectSaved,
  inspector,
  offset,
  openEditor,
  select,
  step,
  textOf,
} from '../support/editor';
import { owner } from '../support/owner';
import { join, somebody } from '../support/people';
import { renameBySocket } from '../support/socket';
import { long, test } from '../support/test';

test.describe.configure({ mode: 'serial' });

const ben = somebody('Ben Baker');
const vera = somebody('Vera Valk');
let ana: Page;
let other: Page;
let viewer: Page;
let workflow: string;

const task = (page: Page) => inspector(page).getByRole('textbox', { name: 'Task' });
const promptOf = async (page: Page) =>
  (await draftOf(page, workflow)).nodes.find((node) => node.id === 'note')?.config.prompt;

test.beforeAll(async ({ browser }) => {
  ana = await (await browser.newContext({ storageState: owner.state })).newPage();
  other = await join(ana, ben, 'Editor');
  viewer = await join(ana, vera, 'Viewer');
  workflow = await createChain(ana, 'Written together', [
    { id: 'start', type: 'start', name: 'Start' },
    { id: 'note', type: 'agent', name: 'Write note', config: { prompt: 'middle' } },
    { id: 'result', type: 'output', name: 'Result', config: { template: 'x' } },
  ]);
  await Promise.all([ana, other].map((page) => openEditor(page, workflow)));
});

test.afterAll(async () => {
  await Promise.all([ana, other, viewer].map((page) => page?.context().close()));
});

test('each sees who else is here and where their pointer is', async () => {
  const here = (page: Page) => page.getByRole('list', { name: 'Also here' });
  await expect(here(ana).getByRole('button', { name: `Follow ${ben.name}` })).toBeVisible();
  await expect(here(other).getByRole('button', { name: `Follow ${owner.name}` })).toBeVisible();

  const pointer = canvas(ana).getByText(ben.name, { exact: true });
  const box = await canvas(other).boundingBox();
  if (!box) throw new Error('There is no canvas.');
  const near = async () => {
    const at = await pointer.boundingBox();
    return at ? { x: Math.round((at.x - box.x) / 100), y: Math.round((at.y - box.y) / 100) } : {};
  };
  await other.mouse.move(box.x + 100, box.y + 100);
  await expect(pointer).toBeVisible();
  await expect.poll(near).toEqual({ x: 1, y: 1 });
  await other.mouse.move(box.x + 500, box.y + 600);
  await expect.poll(near).toEqual({ x: 5, y: 6 });
});

test('two who type in one prompt at once lose no letter', async () => {
  await Promise.all([ana, other].map((page) => select(page, 'Write note')));
  await expect(inspector(ana).getByText(new RegExp(`^${ben.name} is `))).toBeVisible();
  await task(ana).click();
  await ana.keyboard.press('Control+Home');
  await task(other).click();
  await other.keyboard.press('Control+End');
  await expect(canvas(ana).getByText(ben.name, { exact: true }).first()).toBeVisible();

  const first = 'Ana writes the beginning of it, ';
  const last = ', and at the same time Ben writes the end.';
  await Promise.all([
    ana.keyboard.type(first, { delay: 5 }),
    other.keyboard.type(last, { delay: 5 }),
  ]);
  const whole = `${first}middle${last}`;
  for (const page of [ana, other]) {
    await expect.poll(() => textOf(task(page))).toBe(whole);
    await expectSaved(page);
  }
  expect(await promptOf(ana)).toBe(whole);

  await ana.reload();
  await select(ana, 'Write note');
  await expect.poll(() => textOf(task(ana))).toBe(whole);
});

test('two who type in the same place end with the same text, each word whole', async () => {
  for (const page of [ana, other]) {
    await task(page).click();
    await page.keyboard.press('Control+End');
  }
  const before = await textOf(task(ana));
  await Promise.all([
    ana.keyboard.type('aaaaaaaaaaaaaaaaaaaa', { delay: 5 }),
    other.keyboard.type('bbbbbbbbbbbbbbbbbbbb', { delay: 5 }),
  ]);
  await Promise.all([expectSaved(ana), expectSaved(other)]);
  await expect.poll(async () => (await textOf(task(ana))).length).toBe(before.length + 40);
  await expect.poll(async () => (await textOf(task(other))).length).toBe(before.length + 40);
  const text = await textOf(task(ana));
  expect(await textOf(task(other))).toBe(text);
  expect([...text.slice(before.length)].sort().join('')).toBe('a'.repeat(20) + 'b'.repeat(20));
  expect(await promptOf(other)).toBe(text);
});

test('undo takes back one’s own typing and leaves the other’s', async () => {
  await task(ana).click();
  await ana.keyboard.press('Control+End');
  await ana.keyboard.insertText(' [Ana’s]');
  await expect.poll(() => textOf(task(other))).toContain('[Ana’s]');
  await task(other).click();
  await other.keyboard.press('Control+Home');
  await other.keyboard.insertText('[Ben’s] ');
  await expect.poll(() => textOf(task(ana))).toContain('[Ben’s]');

  await ana.keyboard.press('Control+z');
  for (const page of [ana, other]) {
    await expect.poll(() => textOf(task(page))).not.toContain('[Ana’s]');
    expect(await textOf(task(page))).toContain('[Ben’s]');
    expect(await textOf(task(page))).toContain('Ben writes the end.');
  }
});

test('three in one prompt each undo their own words', long, async () => {
  const third = await join(ana, somebody('Cleo Cruz'), 'Editor');
  await openEditor(third, workflow);
  await select(third, 'Write note');
  const writers = [
    [ana, ' [one]'],
    [other, ' [two]'],
    [third, ' [three]'],
  ] as const;
  await openEditor(ana, workflow);
  await select(ana, 'Write note');
  const lengthAt = async (page: Page) => (await textOf(task(page))).length;
  const all = async () => Promise.all(writers.map(([page]) => lengthAt(page)));
  const before = await lengthAt(ana);
  await expect.poll(all).toEqual([before, before, before]);
  for (const [page] of writers) {
    await task(page).click();
    await page.keyboard.press('Control+End');
  }
  await Promise.all(writers.map(([page, text]) => page.keyboard.type(text, { delay: 5 })));
  // Letters of the three may stand between each other: each one's undo takes away exactly its own.
  let left = before + writers.reduce((sum, [, text]) => sum + text.length, 0);
  await expect.poll(all).toEqual([left, left, left]);
  for (const [page, text] of writers) {
    await task(page).click();
    // Letters that a stall held back for longer than a pause in typing are an undo of their own.
    for (let at = left; at > left - text.length; at = await lengthAt(page)) {
      await page.keyboard.press('Control+z');
      await expect.poll(() => lengthAt(page)).toBeLessThan(at);
    }
    left -= text.length;
    await expect.poll(all).toEqual([left, left, left]);
  }
  const texts = await Promise.all(writers.map(([page]) => textOf(task(page))));
  expect(new Set(texts).size).toBe(1);
  await third.context().close();
});

test('who is followed takes the other’s view along, until Escape', async () => {
  await ana.getByRole('button', { name: `Follow ${ben.name}` }).click();
  await expect(ana.getByText(`Following ${ben.name}`)).toBeVisible();
  await ana.keyboard.press('Escape');
  await expect(ana.getByText(`Following ${ben.name}`)).toHaveCount(0);
});

test('a step that somebody deletes while another has it open can be restored by both', async () => {
  await select(other, 'Write note');
  await task(other).click();
  await other.keyboard.press('Control+End');
  await other.keyboard.type(' Not to be lost.');
  await expect.poll(() => textOf(task(other))).toContain('Not to be lost.');
  const written = await textOf(task(other));
  await expectSaved(other);
  await select(ana, 'Write note');
  await step(ana, 'Write note').focus();
  await ana.keyboard.press('Delete');
  await expect(ana.getByText(`${ben.name} was editing Write note.`)).toBeVisible();
  const ghost = canvas(other).getByRole('group', { name: /^Write note, deleted by/ });
  await ghost.getByRole('button', { name: 'Restore' }).click();
  await expect(ghost).toHaveCount(0);
  await expect(step(ana, 'Write note')).toBeVisible();
  await expect(connection(ana, 'Start', 'Write note')).toBeAttached();
  await expectSaved(other);
  expect(await promptOf(ana)).toBe(written);
});

test('two who set one field at once: one wins, the other is told and can restore', async () => {
  const policy = (page: Page) => inspector(page).getByRole('spinbutton', { name: 'Max. attempts' });
  for (const page of [ana, other]) {
    await select(page, 'Result');
    await inspector(page).getByText('retries, errors, limits').click();
  }
  await other.context().setOffline(true);
  await expect(other.getByText(/^Offline/).first()).toBeVisible();
  await policy(ana).fill('5');
  await expectSaved(ana);
  await policy(other).fill('7');
  await policy(other).blur();
  await other.context().setOffline(false);
  await expectSaved(other);
  const told = (page: Page) => inspector(page).getByRole('button', { name: 'Restore mine' });
  await expect.poll(async () => (await told(ana).count()) + (await told(other).count())).toBe(1);
  const [loser, mine] = (await told(ana).count()) === 1 ? [ana, '5'] : [other, '7'];
  await told(loser).click();
  for (const page of [ana, other]) await expect(policy(page)).toHaveValue(mine);
});

test('a locked step is read-only for others, who are told why, until it is unlocked', async () => {
  await step(ana, 'Result').click({ button: 'right', position: { x: 90, y: 20 } });
  await ana.getByRole('menuitem', { name: 'Lock step…' }).click();
  const dialog = ana.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('Being reviewed');
  await dialog.getByRole('button', { name: 'Lock', exact: true }).click();
  await select(other, 'Result');
  await expect(inspector(other).getByText(/^Locked by .*Being reviewed$/)).toBeVisible();
  await expect(inspector(other).getByRole('textbox', { name: 'Step name' })).not.toBeEditable();
  await step(other, 'Result').focus();
  await other.keyboard.press('Delete');
  await expect(other.getByText(/"Result" is locked by/)).toBeVisible();
  await expect(step(other, 'Result')).toBeVisible();
  await select(ana, 'Result');
  await inspector(ana).getByRole('button', { name: 'Unlock' }).click();
  await expect(inspector(other).getByText(/^Locked by/)).toHaveCount(0);
  await expect(inspector(other).getByRole('textbox', { name: 'Step name' })).toBeEditable();
});

test('steps and connections of one appear at the other', async () => {
  await canvas(other).click({ position: { x: 30, y: 300 } });
  await other.keyboard.press('n');
  await chooseStep(other, 'HTTP request');
  await expect(step(ana, 'HTTP request')).toBeVisible();

  const stood = await offset(ana, 'Start', 'HTTP request');
  await drag(other, 'HTTP request', 0, 160);
  await expect.poll(() => offset(ana, 'Start', 'HTTP request')).not.toEqual(stood);
  expect(await offset(ana, 'Start', 'HTTP request')).toEqual(
    await offset(other, 'Start', 'HTTP request'),
  );

  await connect(other, 'Start', 'HTTP request');
  await expect(connection(ana, 'Start', 'HTTP request')).toBeAttached();

  await select(ana, 'HTTP request');
  const name = inspector(ana).getByRole('textbox', { name: 'Step name' });
  await name.fill('Fetch prices');
  await name.press('Enter');
  await expect(step(other, 'Fetch prices')).toBeVisible();
  await expect(step(other, 'HTTP request')).toHaveCount(0);
  await Promise.all([expectSaved(ana), expectSaved(other)]);

  const draft = await draftOf(ana, workflow);
  const added = draft.nodes.find((node) => node.name === 'Fetch prices');
  expect(draft.edges.map((edge) => `${edge.source} ${edge.target}`)).toContain(
    `start ${added?.id}`,
  );
});

test('undo on the canvas takes back one’s own step and leaves the other’s name', async () => {
  await canvas(ana).click({ position: { x: 30, y: 300 } });
  await ana.keyboard.press('n');
  await chooseStep(ana, 'Transform');
  await expect(step(other, 'Transform')).toBeVisible();
  await select(other, 'Result');
  const name = inspector(other).getByRole('textbox', { name: 'Step name' });
  await name.fill('Answer');
  await name.press('Enter');
  await expect(step(ana, 'Answer')).toBeVisible();

  await canvas(ana).click({ position: { x: 30, y: 300 } });
  await ana.keyboard.press('Control+z');
  for (const page of [ana, other]) {
    await expect(step(page, 'Transform')).toHaveCount(0);
    await expect(step(page, 'Answer')).toBeVisible();
    await expect(step(page, 'Fetch prices')).toBeVisible();
  }
});

test('a viewer sees edits live and can change nothing', long, async () => {
  await openEditor(viewer, workflow);
  await expect(viewer.getByText('View only')).toBeVisible();
  for (const button of ['Publish', 'Run', 'Undo', 'Tidy layout', 'Add steps']) {
    await expect(viewer.getByRole('button', { name: button, exact: true })).toHaveCount(0);
  }
  await select(viewer, 'Write note');
  await expect(task(viewer)).toHaveAttribute('contenteditable', 'false');
  await expect(inspector(viewer).getByRole('textbox', { name: 'Step name' })).not.toBeEditable();

  await select(other, 'Write note');
  await task(other).click();
  await other.keyboard.press('Control+End');
  await other.keyboard.type(' Seen by all.');
  await expect.poll(() => textOf(task(viewer))).toContain('Seen by all.');

  const text = await textOf(task(viewer));
  await task(viewer).click();
  await viewer.keyboard.type('not allowed');
  await canvas(viewer).click({ position: { x: 30, y: 300 } });
  await viewer.keyboard.press('Control+a');
  await viewer.keyboard.press('Delete');
  await viewer.keyboard.press('n');
  await expect(viewer.getByRole('dialog')).toHaveCount(0);
  const stood = await offset(viewer, 'Start', 'Write note');
  await drag(viewer, 'Write note', 0, 100);
  expect(await offset(viewer, 'Start', 'Write note')).toEqual(stood);
  await expect(step(viewer, 'Write note')).toBeVisible();
  await expectSaved(other);
  expect(await promptOf(viewer)).toBe(text);
});

test('the server refuses the viewer’s edit even from a socket of their own', long, async () => {
  const refused = await renameBySocket(viewer, workflow, 'Stolen');
  expect(refused.joined).toMatchObject({ ok: true, canEdit: false });
  expect(refused.answer).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  expect((await draftOf(ana, workflow)).name).toBe('Written together');

  const taken = await renameBySocket(other, workflow, 'Written by hand');
  expect(taken.answer).toMatchObject({ ok: true });
  await expect(ana.getByRole('textbox', { name: 'Workflow name' }).first()).toHaveValue(
    'Written by hand',
  );
  expect((await draftOf(viewer, workflow)).name).toBe('Written by hand');
});
