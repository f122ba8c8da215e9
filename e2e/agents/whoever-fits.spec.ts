import { expect, type Page } from '@playwright/test';
import { createChain, expectSaved, inspector, openEditor, step } from '../support/editor';
import { owner } from '../support/owner';
import { long, test } from '../support/test';

test.use({ storageState: owner.state });

const hire = async (page: Page, handle: string, skills: string[]) => {
  const made = await page.request.post('/api/v2/agents', {
    data: { handle, name: handle, instructions: 'Translate.', model: 'auto', skills },
  });
  expect(made.status(), await made.text()).toBe(201);
};

test(
  'a step asks for whoever fits, waits until somebody does, and says why that one',
  long,
  async ({ page }) => {
    const skill = `latin ${crypto.randomUUID().slice(0, 6)}`;
    await hire(page, `greek-${skill.slice(6)}`, ['greek']);
    const id = await createChain(page, 'Whoever fits', [
      { id: 'translate', type: 'agent', name: 'Translate', config: { prompt: 'Translate: amo.' } },
    ]);
    await openEditor(page, id);
    await step(page, 'Translate').click();
    const panel = inspector(page);
    await panel.getByText('Whoever fits', { exact: true }).click();
    await expect(panel.getByRole('combobox', { name: 'Agent' })).toBeHidden();
    await panel.getByRole('textbox', { name: 'Skills' }).fill(skill.toUpperCase());
    await page.keyboard.press('Enter');
    await expect(panel.getByRole('button', { name: `Remove ${skill}` })).toBeVisible();
    await expectSaved(page);
    await page.request.post(`/api/v2/workflows/${id}/publish`);
    const started = await page.request.post(`/api/v2/workflows/${id}/runs`, { data: {} });
    const run = (await started.json()) as { id: string };
    await page.goto(`/runs/${run.id}`);
    const waits = page.getByRole('region', { name: 'No agent fits' }).first();
    await expect(waits).toContainText(`No agent has the skill “${skill}”.`);
    const handle = `latin-${skill.slice(6)}`;
    await hire(page, handle, [skill]);
    await expect(page.getByText('Succeeded').first()).toBeVisible();
    await page.getByRole('button', { name: 'Succeeded Translate' }).last().click();
    await expect(page.getByText(`@${handle}`, { exact: true }).first()).toBeVisible();
    await page
      .getByText(/agents looked at, 1 fits/)
      .first()
      .click();
    await expect(page.getByText(`It does not have the skill “${skill}”.`).first()).toBeVisible();
  },
);
