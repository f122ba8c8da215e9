import { type Browser, expect, type Page } from '@playwright/test';

export type Person = { name: string; email: string; password: string };
type Role = 'Admin' | 'Editor' | 'Commenter' | 'Viewer';

/** Somebody whose address nobody else of this test run has, so that a spec can run alone and again. */
export function somebody(name: string): Person {
  const first = name.split(' ')[0]?.toLowerCase() ?? 'somebody';
  const email = `${first}-${crypto.randomUUID().slice(0, 8)}@example.test`;
  return { name, email, password: 'three plain words' };
}

/** A browser of its own, in which nobody is signed in. */
export async function freshPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  return context.newPage();
}

/** Fills in the sign-in form of the page and sends it. */
export async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Signs in the browser of the page, which shows nothing yet. */
export async function signIn(page: Page, person: Omit<Person, 'name'>): Promise<void> {
  const { email, password } = person;
  const answer = await page.request.post('/api/auth/sign-in/email', { data: { email, password } });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** Invites somebody in the settings; the page is an admin's. The answer is the link to hand over. */
export async function invite(page: Page, email: string, role: Role): Promise<string> {
  await page.goto('/settings/members');
  await page.getByRole('button', { name: 'Invite' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Email').fill(email);
  await dialog.getByRole('combobox', { name: 'Role' }).click();
  await page.getByRole('option', { name: new RegExp(`^${role}`) }).click();
  await dialog.getByRole('button', { name: 'Create link' }).click();
  const link = await page.getByLabel('Invitation link').inputValue();
  await page.getByRole('button', { name: 'Done' }).click();
  return link;
}

/** Invites somebody and lets them join by the link, in a browser of their own. */
export async function joinByLink(host: Page, person: Person, role: Role): Promise<Page> {
  const link = await invite(host, person.email, role);
  const page = await freshPage(browserOf(host));
  await page.goto(link);
  await page.getByLabel('Your name').fill(person.name);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Create account and join' }).click();
  await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();
  return page;
}

/** Somebody new in the workspace of the host, signed in in a browser of their own that shows nothing yet. */
export async function join(host: Page, person: Person, role: Role): Promise<Page> {
  const invited = await host.request.post('/api/v2/invitations', {
    data: { email: person.email, role: role.toLowerCase() },
  });
  expect(invited.status(), await invited.text()).toBe(201);
  const { id } = await invited.json();
  const page = await freshPage(browserOf(host));
  const joined = await page.request.post(`/api/v2/invitations/${id}/sign-up`, {
    data: { name: person.name, password: person.password },
  });
  expect(joined.status(), await joined.text()).toBe(201);
  return page;
}

function browserOf(page: Page): Browser {
  const browser = page.context().browser();
  if (!browser) throw new Error('The page has no browser.');
  return browser;
}
