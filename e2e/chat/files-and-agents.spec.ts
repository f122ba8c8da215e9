import { expect, type Page } from '@playwright/test';
import OpenAI from 'openai';
import { owner } from '../support/owner';
import { freshPage, signIn } from '../support/people';
import { long, test } from '../support/test';

test.describe.configure({ mode: 'serial' });

let page: Page;

const box = () => page.getByRole('textbox', { name: 'Message', exact: true });
const answerOf = (agent: string) =>
  page.getByRole('article', { name: `${agent} answered`, exact: true });

// A workspace of its own, without any model: its agents answer by rehearsal.
test.beforeAll(async ({ browser }) => {
  page = await freshPage(browser);
  await signIn(page, owner);
  const made = await page.request.post('/api/v2/workspaces', { data: { name: 'Reading room' } });
  expect(made.status(), await made.text()).toBe(201);
});
test.afterAll(async () => {
  await page?.context().close();
});

test('a file is attached, outlives a reload, and is read by the agent', long, async () => {
  await page.goto('/chat');
  await page.getByRole('button', { name: /^Analyst/ }).click();
  await page.getByLabel('Files to attach', { exact: true }).setInputFiles([
    {
      name: 'revenue.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('Revenue was 1200 in May and 1500 in June.\n'),
    },
    { name: 'photo.heic', mimeType: 'image/heic', buffer: Buffer.from('x') },
  ]);
  const attached = page.getByRole('list', { name: 'Attached files', exact: true });
  await expect(attached.getByRole('button', { name: 'Open revenue.txt' })).toBeVisible();
  await expect(page.getByText('“photo.heic” cannot be read here.')).toBeVisible();
  await attached.getByRole('button', { name: 'Remove photo.heic' }).click();

  await page.reload();
  await page.getByRole('button', { name: /^Analyst/ }).click();
  await attached.getByRole('button', { name: 'Open revenue.txt' }).click();
  const preview = page.getByRole('dialog', { name: 'revenue.txt' });
  await expect(preview).toContainText('1200 in May');
  await preview.getByRole('button', { name: 'Close', exact: true }).click();

  await box().fill('What is in it?');
  await page.keyboard.press('Enter');
  await expect(answerOf('Analyst')).toContainText('1200 in May');
  await expect(page).toHaveURL(/\/chat\/.+/);
  const sent = page.getByRole('list', { name: 'Files', exact: true });
  await expect(sent.getByRole('button', { name: 'Open revenue.txt' })).toBeVisible();
});

let namedIn = '';

test('a file is named with #, read by the agent, and leads to its preview', long, async () => {
  const before = page.url();
  await page.goto('/chat');
  await page.getByRole('button', { name: /^Analyst/ }).click();
  await box().pressSequentially('What of #reven');
  const list = page.getByRole('listbox', { name: 'Things to name' });
  await expect(list.getByRole('option', { name: /revenue\.txt/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Named', exact: true })).toContainText('revenue.txt');
  await box().pressSequentially('?');
  await page.keyboard.press('Enter');
  await expect(answerOf('Analyst')).toContainText('1200 in May');
  const named = page.getByRole('list', { name: 'Named in this message', exact: true });
  await named.getByRole('button', { name: 'Open revenue.txt' }).click();
  await expect(page.getByRole('dialog', { name: 'revenue.txt' })).toContainText('1500 in June');
  await page.keyboard.press('Escape');
  namedIn = page.url();
  await page.goto(before);
});

test('a file that was deleted shows as deleted', long, async () => {
  const { items } = await (await page.request.get('/api/v2/files')).json();
  const file = items.find(({ name }: { name: string }) => name === 'revenue.txt');
  const gone = await page.request.delete(`/api/v2/files/${file.id}`);
  expect(gone.ok(), await gone.text()).toBe(true);
  await page.reload();
  const sent = page.getByRole('list', { name: 'Files', exact: true });
  await expect(sent.getByText('deleted', { exact: true })).toBeVisible();
  await expect(sent.getByRole('button')).toHaveCount(0);

  const before = page.url();
  await page.goto(namedIn);
  const named = page.getByRole('list', { name: 'Named in this message', exact: true });
  await expect(named.getByText('deleted', { exact: true })).toBeVisible();
  await expect(named.getByRole('button')).toHaveCount(0);
  await page.goto(before);
});

test('a picture is shown in the thread, and the model is given it to look at', long, async () => {
  const picture = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(320, 200);
    const pen = canvas.getContext('2d');
    pen?.fillRect(40, 40, 120, 100);
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  const file = { name: 'chart.png', mimeType: 'image/png', buffer: Buffer.from(picture) };
  await page.getByLabel('Files to attach', { exact: true }).setInputFiles([file]);
  const attached = page.getByRole('list', { name: 'Attached files', exact: true });
  await expect(attached.getByRole('button', { name: 'Open chart.png' })).toBeVisible();
  await box().fill('What does it show?');
  await page.keyboard.press('Enter');
  await expect(answerOf('Analyst').last()).toContainText('320 × 200 pixels');
  const drawn = page.getByRole('list', { name: 'Pictures', exact: true }).getByRole('img');
  await expect(drawn).toHaveAttribute('alt', 'chart.png');
  await expect.poll(() => drawn.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(320);
  await page.getByRole('button', { name: 'Open chart.png' }).click();
  const large = page.getByRole('dialog', { name: 'chart.png' });
  await expect(large.getByRole('img', { name: 'chart.png' })).toBeVisible();
  await large.getByRole('button', { name: 'Close', exact: true }).click();
});

test('a photo that is too large is made smaller on its way', long, async () => {
  const noise = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(3_000, 2_000);
    const pen = canvas.getContext('2d');
    const data = new ImageData(3_000, 2_000);
    let seed = 1;
    for (let at = 0; at < data.data.length; at += 1) {
      seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
      data.data[at] = at % 4 === 3 ? 255 : (seed >> 8) & 63;
    }
    pen?.putImageData(data, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    const address = await new Promise<string>((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result));
      reader.readAsDataURL(blob);
    });
    return address.slice(address.indexOf(',') + 1);
  });
  const buffer = Buffer.from(noise, 'base64');
  expect(buffer.length).toBeGreaterThan(3.75 * 1_048_576);
  const files = [{ name: 'photo.png', mimeType: 'image/png', buffer }];
  await page.getByLabel('Files to attach', { exact: true }).setInputFiles(files);
  const attached = page.getByRole('list', { name: 'Attached files', exact: true });
  await expect(attached.getByRole('button', { name: 'Open photo.jpg' })).toBeVisible();
  await attached.getByRole('button', { name: 'Remove photo.jpg' }).click();
});

test('two agents answer side by side, and a reload shows the same', long, async () => {
  await box().fill('Which was better, 1200 or 1500? ');
  await box().press('End');
  await box().pressSequentially('@wri');
  await expect(page.getByRole('listbox', { name: 'Agents' })).toBeVisible();
  await page.keyboard.press('Enter');
  await box().pressSequentially('@anal');
  await page.getByRole('option', { name: /Analyst/ }).click();
  await expect(page.getByText('Each answers by itself.', { exact: true })).toBeVisible();
  await box().press('Enter');
  await expect(answerOf('Writer')).toContainText('1500');
  await expect(answerOf('Analyst').last()).toContainText('1500');
  await expect(answerOf('Analyst').last().getByRole('link', { name: 'Open run' })).toBeVisible();
  // While answers still grow, what is measured one after the other may have moved in between.
  const apart = async () => {
    const [left, right] = await Promise.all([
      answerOf('Writer').boundingBox(),
      answerOf('Analyst').last().boundingBox(),
    ]);
    return Math.abs((left?.y ?? 0) - (right?.y ?? Number.POSITIVE_INFINITY));
  };
  await expect.poll(apart).toBe(0);
  await page.reload();
  await expect(answerOf('Writer')).toContainText('1500');
  await expect(answerOf('Analyst')).toHaveCount(3);
});

test(
  'a panel gives one answer, with who holds it, and says what it costs before',
  long,
  async () => {
    await box().pressSequentially('@wri');
    await page.getByRole('option', { name: /Writer/ }).click();
    await box().pressSequentially('@anal');
    await page.getByRole('option', { name: /Analyst/ }).click();
    await page.getByText('One answer', { exact: true }).click();
    await expect(page.getByText(/2 to 11 model calls, no cost/)).toBeVisible();
    await box().pressSequentially('Is 1500 more than 1200?');
    await page.keyboard.press('Enter');
    const panel = answerOf('Panel').getByRole('region', { name: 'Panel' });
    await expect(panel).toContainText('Writer');
    await expect(panel.getByText('Made up', { exact: true })).toBeVisible();
    await page.reload();
    await expect(panel).toContainText('Analyst');
  },
);

test('OpenAI’s own client asks an agent of the built product', long, async ({ baseURL }) => {
  const made = await page.request.post('/api/v2/api-keys', { data: { name: 'OpenAI client' } });
  expect(made.status(), await made.text()).toBe(201);
  const { key } = (await made.json()) as { key: string };
  const client = new OpenAI({ apiKey: key, baseURL: `${baseURL}/api/v2`, maxRetries: 0 });
  const messages = [{ role: 'user' as const, content: 'Revenue was 1200 in May.' }];
  const whole = await client.chat.completions.create({ model: 'Analyst', messages });
  expect(whole.choices[0]?.message.content).toContain('1200');
  const stream = await client.chat.completions.create({ model: 'Analyst', messages, stream: true });
  let text = '';
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
  expect(text).toContain('1200');
  await expect(client.chat.completions.create({ model: 'Nobody', messages })).rejects.toMatchObject(
    { status: 404, code: 'model_not_found' },
  );
});
