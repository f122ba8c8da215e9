import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './support/accessible';
import { select, step } from './support/editor';
import { owner } from './support/owner';
import { freshPage } from './support/people';
import { long, test } from './support/test';

// The screenshots say enough, and recording every page twice takes longer than looking at it.
test.use({ storageState: owner.state, trace: 'off' });
// Each look is by itself: the last file of a run would keep one worker busy, and the other waiting.
test.describe.configure({ mode: 'parallel', timeout: 240_000 });

const themes = ['light', 'dark'] as const;
const narrow = { width: 900, height: 900 };

type Look = {
  /** Name of the screenshots. */
  name: string;
  open: (page: Page) => Promise<unknown>;
  /** Something that is there when the page is whole. */
  whole: (page: Page) => ReturnType<Page['getByText']>;
  narrow?: boolean;
};

const heading = (name: string | RegExp) => (page: Page) =>
  page.getByRole('heading', { name, exact: true }).first();
const at = (path: string) => (page: Page) => page.goto(path);

async function itemOf(page: Page, path: string) {
  const answer = await page.request.get(`/api/v2/${path}`);
  expect(answer.status(), path).toBe(200);
  return (await answer.json()).items[0] as { id: string };
}

/** The seeded workflow: others may have its name. */
async function sampleOf(page: Page): Promise<string> {
  const answer = await page.request.get('/api/v2/workflows?limit=200');
  const { items } = (await answer.json()) as { items: { id: string; description: string }[] };
  const sample = items.find((each) => each.description.startsWith('Reads sales data'));
  if (!sample) throw new Error('The sample is gone.');
  return sample.id;
}

/** A rehearsed run of the sample, finished. */
async function openRun(page: Page): Promise<void> {
  const workflow = await sampleOf(page);
  const answer = await page.request.post(`/api/v2/workflows/${workflow}/runs`, {
    data: { mode: 'rehearsal' },
    headers: { 'idempotency-key': `pages-${workflow}` },
  });
  await page.goto(`/runs/${(await answer.json()).id}`);
}

async function openThread(page: Page): Promise<void> {
  const agent = await itemOf(page, 'agents');
  const made = await page.request.post('/api/v2/threads', { data: { agentId: agent.id } });
  const { id } = await made.json();
  await page.request.post(`/api/v2/threads/${id}/messages`, {
    data: { text: 'Revenue was 1200 in May and 1500 in June. What changed?' },
  });
  await page.goto(`/chat/${id}`);
}

/** An experiment with an agent, which nobody has counted anything of yet. */
async function openExperiment(page: Page): Promise<void> {
  const agent = await itemOf(page, 'agents');
  const path = `/api/v2/experiments?agent=${agent.id}`;
  const idOf = async () =>
    ((await (await page.request.get(path)).json()).items as { id: string }[])[0]?.id;
  if ((await idOf()) === undefined) {
    await page.request.post('/api/v2/experiments', {
      data: {
        name: 'Shorter instructions',
        target: { type: 'agent', agentId: agent.id },
        goal: 'cost',
        variants: [
          { name: 'As it is', change: {} },
          { name: 'Short', change: { instructions: 'Answer in one sentence.' } },
        ],
        maxFailurePercent: 20,
      },
    });
  }
  await page.goto(`/experiments/${await idOf()}`);
}

const looks: Look[] = [
  { name: 'experiment', open: openExperiment, whole: heading('Short'), narrow: true },
  { name: 'experiments', open: at('/experiments'), whole: heading('Experiments'), narrow: true },
  {
    name: 'run',
    open: openRun,
    whole: (page) => page.getByRole('heading', { name: 'Sales report' }),
    narrow: true,
  },
  { name: 'dashboard', open: at('/'), whole: heading('Dashboard'), narrow: true },
  { name: 'workflows', open: at('/workflows'), whole: heading('Workflows') },
  {
    name: 'editor',
    open: async (page) => page.goto(`/workflows/${await sampleOf(page)}`),
    whole: (page) => step(page, 'Start'),
    narrow: true,
  },
  {
    name: 'editor-step',
    open: async (page) => {
      await page.goto(`/workflows/${await sampleOf(page)}`);
      await select(page, 'Generate insights');
    },
    whole: (page) => page.getByRole('textbox', { name: 'Task' }),
  },
  { name: 'runs', open: at('/runs'), whole: (page) => page.getByRole('row').nth(1) },
  { name: 'agents', open: at('/agents'), whole: (page) => page.getByText('@analyst') },
  {
    name: 'agent',
    open: async (page) => page.goto(`/agents/${(await itemOf(page, 'agents')).id}`),
    whole: (page) => page.getByLabel('Instructions'),
  },
  { name: 'new-agent', open: at('/agents/new'), whole: heading('New agent') },
  { name: 'chat', open: at('/chat'), whole: heading('Who would you like to ask?') },
  { name: 'thread', open: openThread, whole: (page) => page.getByText('Open run') },
  { name: 'memory', open: at('/memory'), whole: heading('Memory') },
  { name: 'messages', open: at('/messages'), whole: heading('Messages') },
  {
    name: 'settings-workspace',
    open: at('/settings/workspace'),
    whole: heading(/Workspace|General/),
  },
  { name: 'settings-members', open: at('/settings/members'), whole: heading('Members') },
  { name: 'settings-models', open: at('/settings/models'), whole: heading('Built in') },
  { name: 'settings-spending', open: at('/settings/spending'), whole: heading('Spending') },
  { name: 'settings-mcp', open: at('/settings/mcp-servers'), whole: heading('MCP servers') },
  {
    name: 'settings-notifications',
    open: at('/settings/notifications'),
    whole: (page) => page.getByRole('switch', { name: 'Failed runs: email' }),
  },
  { name: 'settings-appearance', open: at('/settings/appearance'), whole: heading('Appearance') },
  { name: 'settings-api-keys', open: at('/settings/api-keys'), whole: heading('API keys') },
  { name: 'docs', open: at('/docs'), whole: heading(/./) },
  { name: 'docs-nodes', open: at('/docs/nodes'), whole: heading('Steps') },
  { name: 'docs-api', open: at('/docs/api/workflows'), whole: heading('Workflows') },
];

/** What a page says to its console that is wrong, from now on. */
function complaintsOf(page: Page): string[] {
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') said.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => said.push(`${page.url()}: ${error.stack ?? error.message}`));
  return said;
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `test-results/screens/${name}.png`, animations: 'disabled' });
}

async function lookAt(page: Page, { name, whole, narrow: also }: Omit<Look, 'open'>) {
  await expect(whole(page)).toBeVisible();
  await expect(page.getByRole('status', { name: /^(Loading|Opening)/ })).toHaveCount(0);
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await expect
      .poll(() => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme))
      .toBe(theme);
    await shoot(page, `${name}-${theme}`);
    await expectAccessible(page, `${name}, ${theme}`, theme === 'light' ? 'all' : 'colours');
  }
  if (!also) return;
  await page.setViewportSize(narrow);
  await page.reload();
  await expect(whole(page)).toBeVisible();
  await expectAccessible(page, `${name} at 900`, 'structure');
  for (const theme of themes.toReversed()) {
    await page.emulateMedia({ colorScheme: theme });
    await shoot(page, `${name}-${theme}-900`);
  }
}

/** Pages that people are on most of the time. */
const everyday = ['dashboard', 'workflows', 'editor', 'run', 'chat', 'agents', 'settings-models'];

for (const look of looks) {
  const when = everyday.includes(look.name) ? {} : long;
  test(`${look.name}: no complaint, readable by all, in light and dark`, when, async ({ page }) => {
    const complaints = complaintsOf(page);
    await look.open(page);
    await lookAt(page, look);
    expect(complaints).toEqual([]);
  });
}

test('sign-in: no complaint, readable by all, in light and dark', async ({ browser }) => {
  const page = await freshPage(browser);
  const complaints = complaintsOf(page);
  await page.goto('/sign-in');
  await lookAt(page, { name: 'sign-in', whole: heading('Sign in') });
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('a page that does not exist says so', async ({ page }) => {
  const answer = await page.goto('/no-such-page');
  expect(answer?.status()).toBe(404);
  await expectAccessible(page, 'not found', 'all');
});
