import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { SMTPServer } from 'smtp-server';
import { createChain, expectSaved, inspector, openEditor, select } from './support/editor';
import { owner } from './support/owner';
import { long, test } from './support/test';

test.use({ storageState: owner.state });

test(
  'a table of a file is mailed as a summary with the file, over an own email server',
  long,
  async ({ page }) => {
    const mails: string[] = [];
    const server = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], logger: false },
      onData(stream, _session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
        stream.on('end', () => {
          mails.push(Buffer.concat(chunks).toString('utf8'));
          done();
        });
      },
    });
    const listening = server.listen(0, '127.0.0.1');
    await new Promise<void>((resolve) => listening.once('listening', resolve));
    const { port } = listening.address() as AddressInfo;

    const id = await createChain(page, 'Mail the sales', [
      { id: 'start', type: 'start', name: 'Start' },
      { id: 'sales', type: 'read-file', name: 'Sales', config: { file: 'sample:sales.csv' } },
      {
        ...{ id: 'mail', type: 'send-mail', name: 'Mail' },
        config: {
          ...{ connection: '', to: 'ben@example.com', subject: 'Sales' },
          message: 'There are {{ steps.sales.output.rowCount }} rows.',
          attachments: [{ id: 'a', source: 'file', file: 'sample:sales.csv' }],
        },
      },
    ]);
    await openEditor(page, id);
    await select(page, 'Mail');
    await inspector(page).getByRole('combobox', { name: 'Connection' }).click();
    await page.getByRole('option', { name: 'Add a connection…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a connection' });
    await dialog.getByLabel('Name', { exact: true }).fill('Post');
    await dialog.getByLabel('Server').fill('127.0.0.1');
    await dialog.getByRole('combobox', { name: 'Encryption' }).click();
    await page.getByRole('option', { name: /^None/ }).click();
    await dialog.getByLabel('Port').fill(String(port));
    await dialog.getByLabel('Sender').fill('Shop <shop@example.com>');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('127.0.0.1 is ready to take email.')).toBeVisible();
    await expectSaved(page);
    const started = await page.request.post(`/api/v2/workflows/${id}/runs`, {
      data: { version: 'draft' },
    });
    const { id: runId } = await started.json();
    const run = async () => (await page.request.get(`/api/v2/runs/${runId}`)).json();
    await expect.poll(async () => (await run()).status).toBe('succeeded');
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain('To: ben@example.com');
    expect(mails[0]).toMatch(/There are \d+ rows\./);
    expect(mails[0]).toContain('filename=sales.csv');
    server.close(() => undefined);
  },
);
