import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** `colours` looks at contrast alone, which is all that changes with the theme. */
export type Looked = 'all' | 'colours' | 'structure';

/** No serious or critical complaint of axe about what the page shows now. */
export async function expectAccessible(page: Page, what: string, part: Looked): Promise<void> {
  // Without frames of strangers the page itself gives the result; else axe opens a blank page for each look.
  // A selector for each node that passes costs more than the rules themselves.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  if (part === 'colours') axe.withRules(['color-contrast']);
  if (part === 'structure') axe.disableRules(['color-contrast']);
  const { violations } = await axe.analyze();
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`);
  expect.soft(grave, what).toEqual([]);
}
