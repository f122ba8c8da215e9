import { expect, type Page } from '@playwright/test';
import { createChain } from '../support/editor';
import { owner } from '../support/owner';
import { fillSignIn, freshPage, joinByLink, signIn, somebody } from '../support/people';
import { long, test } from '../support/test';

const sidebar = (page: Page) => page.getByRole('complementary', { name: 'Sidebar' });
const workspaces = (page: Page) => sidebar(page).getByRole('button', { name: /^Workspace/ });

test('a wrong password is told, the right one lets in, and signing out ends the session', async ({
  page,
}) => {
  await page.goto('/runs');
  await expect(page).toHaveURL(/\/sign-in/);
  await fillSignIn(page, owner.email, 'wrong horse battery');
  await expect(
    page.getByRole('alert').filter({ hasText: 'Wrong email or password' }),
  ).toBeVisible();
  await expect(page.getByLabel('Email')).toHaveValue(owner.email);
  await fillSignIn(page, owner.email, owner.password);
  await expect(page.getByRole('heading', { name: 'Runs' })).toBeVisible();

  await sidebar(page)
    .getByRole('button', { name: `Account of ${owner.name}` })
    .click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  expect((await page.request.get('/api/v2/me')).status()).toBe(401);
  await page.goto('/workflows');
  await expect(page).toHaveURL(/\/sign-in/);
});

test(
  'what is typed before the page’s script has come is kept, and goes nowhere',
  long,
  async ({ page }) => {
    const scripts = Promise.withResolvers<void>();
    await page.route('**/_next/static/chunks/*.js', async (route) => {
      await scripts.promise;
      await route.continue();
    });
    await page.goto('/sign-in', { waitUntil: 'commit' });
    await page.getByLabel('Email').fill(owner.email);
    await page.getByLabel('Password', { exact: true }).fill(owner.password);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeDisabled();
    scripts.resolve();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();
  },
);

test('what is in one workspace is not there in another', long, async ({ page }) => {
  await signIn(page, owner);
  const other = await joinByLink(page, somebody('Dora Diaz'), 'Admin');
  const first = await createChain(page, 'Secret of Northwind', [
    { id: 'start', type: 'start', name: 'Start' },
  ]);
  await workspaces(page).click();
  await page.getByRole('menuitem', { name: 'New workspace…' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Southwind');
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await expect(workspaces(page)).toHaveText(/Southwind/);

  await page.goto(`/workflows/${first}`);
  await expect(page.getByText('Workflow not found')).toBeVisible();
  for (const path of ['', '/export', '/versions']) {
    const answer = await page.request.get(`/api/v2/workflows/${first}${path}`);
    expect(answer.status(), path).toBe(404);
  }
  const started = await page.request.post(`/api/v2/workflows/${first}/runs`, { data: {} });
  expect(started.status()).toBe(404);
  const second = await createChain(page, 'Secret of Southwind', [
    { id: 'start', type: 'start', name: 'Start' },
  ]);
  await other.goto(`/workflows/${second}`);
  await expect(other.getByText('Workflow not found')).toBeVisible();
  expect((await other.request.get(`/api/v2/workflows/${second}`)).status()).toBe(404);
  const named = await other.request.get('/api/v2/workflows', {
    headers: { 'x-workspace': 'southwind' },
  });
  expect([403, 404]).toContain(named.status());
  await other.context().close();

  await page.goto('/workflows');
  await expect(page.getByRole('link', { name: 'Comprehensive data analysis' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Secret of Northwind' })).toHaveCount(0);

  await workspaces(page).click();
  await page.getByRole('menuitemradio', { name: owner.workspace }).click();
  await expect(workspaces(page)).toHaveText(new RegExp(owner.workspace));
  await page.goto(`/workflows/${first}`);
  await expect(page.getByRole('textbox', { name: 'Workflow name' }).first()).toHaveValue(
    'Secret of Northwind',
  );
});

test('an API key made in the settings works until it is revoked', async ({ page, browser }) => {
  await signIn(page, owner);
  await page.goto('/settings/api-keys');
  await page.getByRole('button', { name: 'New key' }).first().click();
  await page.getByRole('dialog').getByLabel('Name').fill('Nightly report');
  await page.getByRole('button', { name: 'Create key' }).click();
  const key = await page.getByRole('dialog').getByLabel('Nightly report').inputValue();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText(key)).toHaveCount(0);

  const program = (await freshPage(browser)).context();
  const ask = (path: string) =>
    program.request.get(path, { headers: { authorization: `Bearer ${key}` } });
  const listed = await ask('/api/v2/workflows');
  expect(listed.status(), await listed.text()).toBe(200);
  const names = (await listed.json()).items.map((each: { name: string }) => each.name);
  expect(names).toContain('Comprehensive data analysis');

  await page.getByRole('button', { name: 'Revoke Nightly report' }).click();
  // The open dialog hides the list behind it, so its empty list alone would not tell that the key is gone.
  const revoked = page.waitForResponse((answer) => answer.request().method() === 'DELETE');
  await page.getByRole('button', { name: 'Revoke key' }).click();
  expect((await revoked).status()).toBe(200);
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Revoke Nightly report' })).toHaveCount(0);
  expect((await ask('/api/v2/workflows')).status()).toBe(401);
  await program.close();
});
