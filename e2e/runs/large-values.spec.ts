import { expect } from '@playwright/test';
import { createChain } from '../support/editor';
import { owner } from '../support/owner';
import { long, test } from '../support/test';

test.use({ storageState: owner.state });

test(
  'a large result is shown in part, whole when asked, and read by a program',
  long,
  async ({ page }) => {
    const workflow = await createChain(page, 'Two large lists', [
      { id: 'start', type: 'start', name: 'Start' },
      {
        id: 'rows',
        type: 'transform',
        name: 'Rows',
        config: {
          expression: 'range(30000).map(i, {"row": i, "text": "A line of a large table."})',
        },
      },
      {
        id: 'count',
        type: 'transform',
        name: 'Count',
        config: {
          fields: [
            { id: 'f1', name: 'count', expression: 'size(steps.rows.output)' },
            { id: 'f2', name: 'rows', expression: 'steps.rows.output' },
          ],
        },
      },
    ]);
    const base = `/api/v2/workflows/${workflow}`;
    const published = await page.request.post(`${base}/publish`, { data: { note: '' } });
    expect(published.status(), await published.text()).toBe(201);
    const started = await page.request.post(`${base}/runs`, { data: { input: {} } });
    const { id } = (await started.json()) as { id: string };

    await page.goto(`/runs/${id}`);
    const result = page.getByRole('region', { name: 'Result' });
    await expect(
      result.getByText(/^Only the beginning of 1\.\dM characters is shown/),
    ).toBeVisible();
    await expect(result.getByText('30000')).toBeVisible();
    await result.getByRole('button', { name: 'Show all' }).click();
    await expect(result.getByRole('status')).toHaveText('1–50 of 30,000 rows');
    await result.getByRole('button', { name: 'Show as tree' }).click();
    await expect(result.getByRole('button', { name: /^rows: \[30000\]/ })).toBeVisible();
    await expect(result.getByRole('button', { name: 'Download' })).toBeVisible();

    const { output } = (await (await page.request.get(`/api/v2/runs/${id}`)).json()) as {
      output: { count: number; rows: { $blob: { hash: string; count: number } } };
    };
    expect(output.rows.$blob.count).toBe(30_000);
    const value = await page.request.get(`/api/v2/runs/${id}/values/${output.rows.$blob.hash}`);
    expect(value.headers()['content-type']).toContain('application/json');
    expect((await value.json()) as unknown[]).toHaveLength(30_000);
  },
);
