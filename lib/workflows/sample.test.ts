import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { agentOfRole } from '@/lib/agents/define-role';
import { catalogue as roles } from '@/lib/agents/roles/catalogue';
import { agentInputSchema } from '@/lib/agents/schema';
import { readTextFile } from '@/lib/files/read-text-file';
import { textOfMessage } from '@/lib/models/message';
import { catalogue } from '@/lib/nodes/catalogue';
import type { NodeContext } from '@/lib/nodes/node-type/define-node';
import { scopeFunctions } from '@/lib/nodes/node-type/scope-functions';
import { compile } from './compile';
import { topologicalOrder } from './graph';
import { findProblems } from './problems/problems';
import { sampleWorkflow } from './sample';

const csv = readFileSync(new URL('../../public/samples/sales.csv', import.meta.url));
const definition = sampleWorkflow();

/** Runs the plan step by step with the real nodes; the model answers with its prompt. */
async function run(): Promise<(key: string) => Record<string, unknown>> {
  const plan = compile(definition, catalogue);
  const steps: Record<string, { output: unknown }> = {};
  for (const id of topologicalOrder(definition)) {
    const step = plan.steps.find((each) => each.id === id);
    const type = catalogue[step?.type ?? ''];
    if (!step || type?.kind !== 'task') throw new Error(`no task ${id}`);
    const scope = {
      input: {},
      steps,
      run: { id: 'r', mode: 'rehearsal' as const, startedAt: '2026-04-01T00:00:00.000Z' },
    };
    const context: NodeContext = {
      ...scopeFunctions(scope),
      read: async (file, settings) => readTextFile(file, settings),
      team: async () => ({ agents: [], not: [], acted: [] }),
      memo: undefined,
      resumed: undefined,
      arrived: [],
      children: async () => [],
      hydrate: async (value) => value,
      notify: async () => ({ reached: true }),
      service: () => Promise.reject(new Error('no services')),
      async model({ messages }) {
        const text = messages[0] === undefined ? '' : textOfMessage(messages[0]);
        const usage = { inputTokens: 0, outputTokens: 0, costUsd: 0 };
        return {
          text,
          parts: [],
          toolCalls: [],
          finish: 'stop',
          provider: 'rehearsal',
          model: 'script',
          rehearsed: true,
          reason: 'no key',
          usage,
        };
      },
      openTask: () => Promise.reject(new Error('no tasks')),
      spentBelow: async () => 0,
      keepTurn: () => Promise.reject(new Error('no tasks')),
      callTool: () => Promise.reject(new Error('no tools')),
      agent: async (handle) => (roles[handle] ? agentOfRole(roles[handle]) : undefined),
      feed: () => Promise.reject(new Error('no network here')),
      page: () => Promise.reject(new Error('no pages here')),
      code: () => Promise.reject(new Error('no sandbox')),
      file: async (reference) => {
        expect(reference).toBe('sample:sales.csv');
        return { name: 'sales.csv', mediaType: 'text/csv', bytes: new Uint8Array(csv) };
      },
      http: () => Promise.reject(new Error('no network here')),
      operation: () => Promise.reject(new Error('no services here')),
      saveFile: () => Promise.reject(new Error('no files here')),
      now: () => 0,
      idempotencyKey: id,
      signal: new AbortController().signal,
    };
    steps[step.key] = { output: await type.run(context, step.config) };
  }
  return (key) => {
    const output = steps[key]?.output;
    if (typeof output !== 'object' || output === null) throw new Error(`no output of ${key}`);
    return output as Record<string, unknown>;
  };
}

// The same figures once more, straight from the file and without the product's code.
const lines = csv.toString('utf8').trim().split('\n').slice(1);
const distinct = [...new Set(lines)].map((line) => line.split(','));
const cents = (value: number) => Math.round(value * 100) / 100;
const medianPrice = (product: string) => {
  const prices = lines
    .map((line) => line.split(','))
    .filter((cells) => cells[2] === product && cells[4])
    .map((cells) => Number(cells[4]))
    .sort((a, b) => a - b);
  const middle = Math.floor(prices.length / 2);
  return prices.length % 2
    ? (prices[middle] ?? 0)
    : ((prices[middle - 1] ?? 0) + (prices[middle] ?? 0)) / 2;
};
const used = distinct
  .filter((cells) => cells[3] !== '')
  .map(([month = '', region = '', product = '', units, price]) => ({
    month,
    region,
    product,
    units: Number(units),
    revenue: cents(Number(units) * (price ? Number(price) : medianPrice(product))),
  }));
const revenueOf = (rows: { revenue: number }[]) =>
  cents(rows.reduce((sum, row) => sum + row.revenue, 0));
const months = [...new Set(used.map((row) => row.month))].sort();
const monthly = months.map((month) => revenueOf(used.filter((row) => row.month === month)));
const ofMonths = (wanted: string[], rows = used) =>
  revenueOf(rows.filter((row) => wanted.includes(row.month)));
const percent = (now: number, before: number) => Math.round(((now - before) / before) * 1000) / 10;

it('has data worth cleaning', () => {
  expect(months.length).toBeGreaterThan(12);
  expect(lines.length).toBeGreaterThan(240);
  expect(distinct.length).toBeLessThan(lines.length);
  expect(
    distinct.some((cells) => cells[3] === '') && distinct.some((cells) => cells[4] === ''),
  ).toBe(true);
});

it('has no problems, keeps the example’s steps and its agents are there', () => {
  expect(findProblems(definition, catalogue, { agents: Object.keys(roles) })).toEqual([]);
  const example = JSON.parse(
    readFileSync(new URL('./testing/data-analysis-pipeline.json', import.meta.url), 'utf8'),
  ) as { tasks: { id: string; name: string }[] };
  for (const task of example.tasks)
    expect(definition.nodes).toContainEqual(
      expect.objectContaining({ id: task.id, name: task.name }),
    );
  for (const role of Object.values(roles)) agentInputSchema.parse(agentOfRole(role));
});

it('computes true figures', async () => {
  const outputOf = await run();
  const clean = outputOf('clean_data');
  expect(clean).toMatchObject({
    rows_read: lines.length,
    duplicates: lines.length - distinct.length,
    missing_units: distinct.filter((cells) => cells[3] === '').length,
    missing_prices: distinct.filter((cells) => cells[4] === '').length,
    rows_kept: used.length,
  });
  const [last, before] = [ofMonths(months.slice(-3)), ofMonths(months.slice(-6, -3))];
  expect(outputOf('analyze_trends')).toMatchObject({
    revenue: revenueOf(used),
    units: used.reduce((sum, row) => sum + row.units, 0),
    last_quarter: last,
    quarter_before: before,
    growth_percent: percent(last, before),
    by_month: months.map((month, index) => ({ month, revenue: monthly[index] })),
  });
  const products = (
    outputOf('analyze_trends') as {
      by_product: { product: string; revenue: number; growth_percent: number }[];
    }
  ).by_product;
  expect(products).toHaveLength(4);
  for (const { product, revenue, growth_percent } of products) {
    const rows = used.filter((row) => row.product === product);
    expect(revenue).toBe(revenueOf(rows));
    expect(growth_percent).toBe(
      percent(ofMonths(months.slice(-3), rows), ofMonths(months.slice(-6, -3), rows)),
    );
  }
  const [count, sumX, sumXX] = [
    months.length,
    (months.length * (months.length - 1)) / 2,
    months.reduce((sum, _, x) => sum + x * x, 0),
  ];
  const sumY = monthly.reduce((sum, y) => sum + y, 0);
  const sumXY = monthly.reduce((sum, y, x) => sum + x * y, 0);
  const slope = (count * sumXY - sumX * sumY) / (count * sumXX - sumX * sumX);
  const intercept = (sumY - slope * sumX) / count;
  const next = [0, 1, 2].map((ahead) => intercept + slope * (count + ahead));
  const forecast = outputOf('predict_future') as {
    next_months: { month: string; revenue: number }[];
    next_quarter: number;
  };
  expect(forecast.next_months.map((row) => row.month)).toEqual(['2026-04', '2026-05', '2026-06']);
  for (const [index, row] of forecast.next_months.entries())
    expect(row.revenue).toBeCloseTo(next[index] ?? 0, 1);
  expect(forecast.next_quarter).toBeCloseTo(
    next.reduce((sum, y) => sum + y, 0),
    1,
  );
});

it('writes them into the report, with the agents’ words marked', async () => {
  const outputOf = await run();
  const { text } = outputOf('result') as { text: string };
  const money = (value: number) =>
    value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  for (const [index, month] of months.entries())
    expect(text).toMatch(
      new RegExp(`\\| ${month} \\| [\\d,]+ \\| ${money(monthly[index] ?? 0)} \\|`),
    );
  expect(text).toContain(`| Revenue, all months | ${money(revenueOf(used))} |`);
  expect(text).toContain(
    `Of ${lines.length} rows, ${lines.length - distinct.length} were duplicates`,
  );
  expect(text).toContain('Summary by @writer, rehearsed.');
  expect(text).not.toContain('{{');
});
