import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { step } from './support/editor';
import { owner } from './support/owner';
import { long, test } from './support/test';

test.use({ storageState: owner.state });

type Row = { month: string; product: string; units: number | null; price: number | null };

const round = (value: number) => Math.round(value * 100) / 100;
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const money = (value: number) =>
  value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const whole = (value: number) => value.toLocaleString('en-US');
const numberOf = (text: string | undefined) => (text ? Number(text) : null);

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? 0, sorted[Math.floor(middle)] ?? 0];
  return (low + high) / 2;
}

/** The figures that the report must have, worked out here and not by the product. */
function figuresOf(csv: string) {
  const lines = csv.trim().split(/\r?\n/).slice(1);
  const once = [...new Set(lines)].map((line): Row => {
    const [month = '', , product = '', units, price] = line.split(',');
    return { month, product, units: numberOf(units), price: numberOf(price) };
  });
  const usual = (product: string) =>
    median(
      once.flatMap((row) => (row.product === product && row.price !== null ? [row.price] : [])),
    );
  const sales = once.flatMap(({ month, product, units, price }) =>
    units === null
      ? []
      : [{ month, product, units, revenue: round(units * (price ?? usual(product))) }],
  );
  const group = (of: (row: (typeof sales)[number]) => string) =>
    [...Map.groupBy(sales, of)].map(([key, rows]) => ({
      key,
      units: sum(rows.map((row) => row.units)),
      revenue: round(sum(rows.map((row) => row.revenue))),
    }));
  const months = group((row) => row.month);
  return {
    read: lines.length,
    duplicates: lines.length - once.length,
    used: sales.length,
    months,
    products: group((row) => row.product),
    revenue: round(sum(months.map((month) => month.revenue))),
    units: sum(months.map((month) => month.units)),
  };
}

test(
  'the sample rehearses to a report whose figures are those of its file',
  long,
  async ({ page }) => {
    await page.goto('/workflows');
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Reads sales data' })
      .getByRole('link', { name: 'Comprehensive data analysis' })
      .click();
    await page.getByRole('button', { name: 'More run options' }).click();
    await page.getByRole('menuitem', { name: /^Rehearse/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Rehearse' }).click();

    const run = page.getByRole('region', { name: 'Run', exact: true });
    await expect(run.getByText('Succeeded', { exact: true }).first()).toBeVisible();
    await expect(run.getByText('Rehearsed', { exact: true }).first()).toBeVisible();
    for (const name of ['Generate insights', 'Executive report']) {
      await expect(step(page, name).getByText(/made up/)).toBeVisible();
    }
    await run.getByRole('link', { name: 'Run page' }).click();

    const result = page.getByRole('region', { name: 'Result' });
    await expect(result.getByText('Rehearsed: tested without a model')).toBeVisible();
    await expect(result.getByRole('heading', { name: 'Sales report' })).toBeVisible();
    const row = (...cells: string[]) => result.getByRole('row', { name: cells.join(' ') });
    const figures = figuresOf(readFileSync('public/samples/sales.csv', 'utf8'));
    expect(figures.months.length).toBeGreaterThan(12);
    for (const { key, units, revenue } of figures.months) {
      await expect(row(key, whole(units), money(revenue))).toBeAttached();
    }
    for (const { key, units, revenue } of figures.products) {
      await expect(row(key, whole(units), money(revenue))).toBeAttached();
    }
    await expect(row('Revenue, all months', money(figures.revenue))).toBeAttached();
    await expect(row('Units, all months', whole(figures.units))).toBeAttached();
    await expect(
      result.getByText(`Of ${figures.read} rows, ${figures.duplicates} were duplicates`),
    ).toBeAttached();
    await expect(result.getByText(`${figures.used} rows were used`)).toBeAttached();
  },
);
