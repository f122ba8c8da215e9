import { expect } from '@playwright/test';
import { createChain, inspector, openEditor, select } from '../support/editor';
import { owner } from '../support/owner';
import { long, test } from '../support/test';

test.use({ storageState: owner.state });

test(
  'a file of Excel is taken as it is, and the step shows what it will read',
  long,
  async ({ page }) => {
    const chain = await createChain(page, 'Read a file', [
      { id: 'read', type: 'read-file', name: 'Read', config: { file: 'sample:sales.csv' } },
    ]);
    await openEditor(page, chain);
    await select(page, 'Read');
    const preview = inspector(page).getByRole('region', { name: 'Preview of the file' });
    await expect(preview.getByRole('columnheader', { name: 'region' })).toBeVisible();

    await inspector(page)
      .getByLabel('Upload for File')
      .setInputFiles({
        name: 'Kunden.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('Kunden 2026\r\nNr;Name;Umsatz\r\n007;Müller;1.234,50\r\n', 'latin1'),
      });
    await expect(preview.getByRole('alert')).toContainText('Line 3, column 18');
    await inspector(page).getByLabel('Header row').fill('2');
    await expect(preview.getByText('Windows-1252 (Western European)')).toBeVisible();
    await expect(preview.getByText('separated by semicolons')).toBeVisible();
    await expect(preview.getByRole('cell', { name: 'Müller' })).toBeVisible();
    await expect(preview.getByRole('cell', { name: '1.234,50' })).toBeVisible();
    await inspector(page).getByRole('combobox', { name: 'Numbers' }).click();
    await page.getByRole('option', { name: '1.234,5' }).click();
    await expect(preview.getByRole('cell', { name: '1234.5', exact: true })).toBeVisible();
    await expect(preview.getByRole('cell', { name: '007' })).toBeVisible();
  },
);

test(
  'a value of the run is put into the field of the file, though no text was written in',
  long,
  async ({ page }) => {
    const inputs = [{ id: 'i1', name: 'table', type: 'file', required: true }];
    const chain = await createChain(page, 'Read what is given', [
      { id: 'start', type: 'start', name: 'Start', config: { inputs } },
      { id: 'read', type: 'read-file', name: 'Read', config: { file: 'sample:sales.csv' } },
    ]);
    await openEditor(page, chain);
    await select(page, 'Read');
    await inspector(page).getByRole('button', { name: 'Use a value' }).click();
    const values = page.getByRole('list', { name: 'Values this step can use' });
    await values.getByRole('button', { name: /^table/ }).click();
    await expect(values).toBeHidden();
    await expect(inspector(page).getByRole('textbox', { name: 'File: reference' })).toHaveText(
      '{{ input.table }}',
    );
  },
);
