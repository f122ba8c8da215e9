import { expect, type Page } from '@playwright/test';
import { openEditor } from './support/editor';
import { owner } from './support/owner';
import { long, test } from './support/test';

test.use({ storageState: owner.state });

const position = { x: 0, y: 0 };

async function publishIntake(page: Page): Promise<string> {
  const inputs = [
    { id: 'a', name: 'name', type: 'text', required: true, label: 'Your name' },
    { id: 'b', name: 'product', type: 'choice', choices: 'Desk, Chair', required: true },
    { id: 'c', name: 'paper', type: 'file', label: 'A document' },
  ];
  const made = await page.request.post('/api/v2/workflows', {
    data: {
      name: 'Intake',
      nodes: [
        { id: 's', key: 'start', type: 'start', name: 'Start', position, config: { inputs } },
        {
          ...{ id: 't', key: 'answer', type: 'transform', name: 'Answer', position },
          config: { expression: '{"ticket": 4711, "for": input.name}' },
        },
      ],
      edges: [{ id: 'e', source: 's', target: 't' }],
    },
  });
  const { id } = await made.json();
  await page.request.post(`/api/v2/workflows/${id}/publish`, { data: {} });
  return id;
}

test('a stranger fills in a form with a file, and sees the result that its owner chose', async ({
  page,
  browser,
  baseURL,
}) => {
  await openEditor(page, await publishIntake(page));
  await page
    .getByRole('button', { name: /^Triggers/ })
    .first()
    .click();
  const sheet = page.getByRole('dialog', { name: 'Triggers' });
  await sheet.getByRole('button', { name: 'Add form' }).click();
  await sheet.getByLabel('Title').fill('Tell us');
  await sheet.getByLabel('After sending, show').click();
  await page.getByRole('option', { name: 'The output of the workflow' }).click();
  await sheet.getByRole('button', { name: 'Turn on' }).click();
  const link = await sheet.getByRole('textbox', { name: 'Link' }).inputValue();

  const strange = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    storageState: { cookies: [], origins: [] },
  });
  const visitor = await strange.newPage();
  const { pathname } = new URL(link);
  await visitor.goto(pathname);
  await expect(visitor.getByRole('heading', { name: 'Tell us' })).toBeVisible();
  await visitor.getByRole('button', { name: 'Send' }).click();
  await expect(visitor.getByText('2 answers need another look.')).toBeVisible();
  await expect(visitor.getByLabel('Your name')).toBeFocused();

  await visitor.getByLabel('Your name').fill('Grace');
  await visitor.getByLabel('Chair').check();
  const file = { name: 'plan.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b') };
  await visitor.getByLabel('A document').setInputFiles(file);
  await sheet.getByRole('button', { name: 'All triggers' }).click();
  const on = sheet.getByRole('switch', { name: 'Tell us is on' });
  // The switch moves at once: what counts for others is the server's answer.
  const turn = async () => {
    const answered = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
    await on.click();
    expect((await answered).ok()).toBe(true);
  };
  await turn();
  await expect(on).not.toBeChecked();
  await visitor.getByRole('button', { name: 'Send' }).click();
  await expect(visitor.getByText(/takes no answers at the moment/)).toBeVisible();
  await expect(visitor.getByLabel('Your name')).toHaveValue('Grace');
  await turn();
  await expect(on).toBeChecked();
  await visitor.getByRole('button', { name: 'Send' }).dblclick();
  await expect(visitor.getByText('4711')).toBeVisible();
  await visitor.reload();
  await expect(visitor.getByText('Grace')).toBeVisible();
  expect(await strange.cookies()).toEqual([]);

  await sheet
    .getByRole('button', { name: /Tell us/ })
    .first()
    .click();
  const recent = sheet.getByRole('region', { name: 'Recent submissions' });
  await expect(recent.getByText('Started')).toHaveCount(1);
  await expect(recent.getByRole('link', { name: /Run / })).toHaveCount(1);
  await strange.close();
});

test('stands in a frame of another site only where its settings say so', long, async ({ page }) => {
  const id = await publishIntake(page);
  const add = async (embed: boolean) => {
    const data = { kind: 'form', config: { embed } };
    const made = await page.request.post(`/api/v2/workflows/${id}/triggers`, { data });
    const { trigger } = await made.json();
    const address = await page.request.post(`/api/v2/triggers/${trigger.id}/address`);
    return new URL((await address.json()).url).pathname;
  };
  const [closed, open] = [await add(false), await add(true)];
  const own = await page.request.get(open);
  expect(own.headers()['x-frame-options']).toBe('DENY');
  expect(own.headers()['content-security-policy']).toContain("frame-ancestors 'none'");
  const framed = await page.request.get(`/embed${open}`);
  expect(framed.headers()['x-frame-options']).toBeUndefined();
  expect(framed.headers()['content-security-policy']).toContain('frame-ancestors *');
  await page.goto(`/embed${open}`);
  await expect(page.getByLabel('Your name')).toBeVisible();
  await page.goto(`/embed${closed}`);
  await expect(page.getByText('This form cannot be shown here')).toBeVisible();
});
