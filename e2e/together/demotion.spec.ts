import { expect, type Page } from '@playwright/test';
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
import { join, somebody } from '../support/people';
import { long, test } from '../support/test';

const ben = somebody('Ben Baker');
const task = (page: Page) => inspector(page).getByRole('textbox', { name: 'Task' });

test(
  'who is made a viewer while typing can only read, and nothing is lost',
  long,
  async ({ browser }) => {
    const ana = await (await browser.newContext({ storageState: owner.state })).newPage();
    const other = await join(ana, ben, 'Editor');
    const workflow = await createChain(ana, 'Edited by one', [
      { id: 'start', type: 'start', name: 'Start' },
      { id: 'note', type: 'agent', name: 'Write note', config: { prompt: '' } },
    ]);
    await Promise.all([ana, other].map((page) => openEditor(page, workflow)));
    await Promise.all([ana, other].map((page) => select(page, 'Write note')));
    await task(ana).click();
    await ana.keyboard.type('Ana’s part. ');
    await expectSaved(ana);
    await task(other).click();
    await other.keyboard.press('Control+End');
    await other.keyboard.type('Ben’s part.');
    await expectSaved(other);

    const members = await (await ana.request.get('/api/v2/members')).json();
    const { userId } = members.items.find((each: { email: string }) => each.email === ben.email);
    const typing = other.keyboard.type(' and on, and on, and on, and on', { delay: 60 });
    const change = await ana.request.patch(`/api/v2/members/${userId}`, {
      data: { role: 'viewer' },
    });
    expect(change.status(), await change.text()).toBe(200);
    await expect(other.getByText('View only')).toBeVisible();
    await typing;
    await expect(task(other)).toHaveAttribute('contenteditable', 'false');

    await expect.poll(() => textOf(task(other))).toContain('Ana’s part. Ben’s part.');
    const kept = await textOf(task(other));
    await expect.poll(() => textOf(task(ana))).toBe(kept);
    const stored = (await draftOf(ana, workflow)).nodes.find((node) => node.id === 'note');
    expect(stored?.config.prompt).toBe(kept);
    await expectSaved(ana);
    // What came too late is not dropped in silence.
    const aside = other.getByText(/edits? could not be saved: your role is now viewer/).first();
    if ((kept ?? '') !== 'Ana’s part. Ben’s part. and on, and on, and on, and on') {
      await expect(aside).toBeVisible();
    }
    await Promise.all([ana, other].map((page) => page.context().close()));
  },
);

test(
  'who is made a viewer while suggesting is led out, is offered nothing that is refused, and goes on later',
  long,
  async ({ browser }) => {
    const ana = await (await browser.newContext({ storageState: owner.state })).newPage();
    const cem = somebody('Cem Can');
    const other = await join(ana, cem, 'Editor');
    const workflow = await createChain(ana, 'Suggested by one', [
      { id: 'start', type: 'start', name: 'Start' },
      { id: 'note', type: 'agent', name: 'Write note', config: { prompt: 'Write.' } },
    ]);
    await openEditor(other, workflow);
    const bar = other.getByRole('region', { name: 'Suggestion', exact: true });
    const run = other.getByRole('button', { name: 'Run', exact: true });
    const suggesting = other.getByRole('radio', { name: 'Suggesting' });
    await expect(run).toBeVisible();
    await suggesting.click();
    await select(other, 'Write note');
    await task(other).click();
    await other.keyboard.press('Control+End');
    await other.keyboard.type(' Kindly.');
    await expect(bar.getByText('Saved', { exact: true })).toBeVisible();

    const members = await (await ana.request.get('/api/v2/members')).json();
    const { userId } = members.items.find((each: { email: string }) => each.email === cem.email);
    const become = async (role: string) => {
      const change = await ana.request.patch(`/api/v2/members/${userId}`, { data: { role } });
      expect(change.status(), await change.text()).toBe(200);
    };
    await become('viewer');
    await expect(other.getByText('You can no longer suggest changes here')).toBeVisible();
    for (const gone of [bar, run, suggesting]) await expect(gone).toHaveCount(0);
    await expect(other.getByText('View only')).toBeVisible();
    await expect.poll(() => textOf(task(other))).toBe('Write.');
    await other.reload();
    await expect(other.getByText('View only')).toBeVisible();
    await expect(bar).toHaveCount(0);
    const refused = await other.request.post(`/api/v2/workflows/${workflow}/runs`, { data: {} });
    expect(refused.status()).toBe(403);
    expect((await refused.json()).error.message).not.toContain('runs.start');

    await become('editor');
    await expect(run).toBeVisible();
    await suggesting.click();
    await select(other, 'Write note');
    await expect.poll(() => textOf(task(other))).toBe('Write. Kindly.');
    await Promise.all([ana, other].map((page) => page.context().close()));
  },
);
