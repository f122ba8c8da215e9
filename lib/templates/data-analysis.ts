import { reportTemplate } from './data-analysis-report';
import { defineTemplate, type TemplateStep } from './define-template';

/** Rows of a transform node, in order. */
function fields(entries: Record<string, string>) {
  return Object.entries(entries).map(([name, expression]) => ({ id: name, name, expression }));
}

const clean = fields({
  rows_read: 'size(steps.fetch_data.output.rows)',
  duplicates: 'size(steps.fetch_data.output.rows) - size(steps.fetch_data.output.rows.unique())',
  missing_units: 'steps.fetch_data.output.rows.unique().filter(row, row.units == null).size()',
  missing_prices: 'steps.fetch_data.output.rows.unique().filter(row, row.price == null).size()',
  typical_prices:
    'steps.fetch_data.output.rows.groupBy("product").map(group, {"product": group.key, "price": group.items.median("price")})',
  rows: `steps.fetch_data.output.rows.unique().filter(row, row.units != null).map(row,
  cel.bind(known, row.price == null ? fields.typical_prices.filter(one, one.product == row.product)[0].price : row.price,
    {"month": row.month, "region": row.region, "product": row.product, "units": row.units, "price": known, "revenue": round(row.units * known, 2)}))`,
  rows_kept: 'size(fields.rows)',
});

const trends = fields({
  by_month: `steps.clean_data.output.rows.groupBy("month").sortBy("key").map(group,
  {"month": group.key, "units": group.items.sum("units"), "revenue": round(group.items.sum("revenue"), 2)})`,
  by_month_and_product: `steps.clean_data.output.rows.groupBy(row, [row.month, row.product]).sortBy(group, group.key[0] + group.key[1]).map(group,
  {"month": group.key[0], "product": group.key[1], "units": group.items.sum("units"), "revenue": round(group.items.sum("revenue"), 2)})`,
  revenue: 'round(fields.by_month.sum("revenue"), 2)',
  units: 'fields.by_month.sum("units")',
  last_quarter: 'round(fields.by_month.slice(-3).sum("revenue"), 2)',
  quarter_before: 'round(fields.by_month.slice(-6, -3).sum("revenue"), 2)',
  growth_percent:
    'round((fields.last_quarter - fields.quarter_before) / fields.quarter_before * 100, 1)',
  best_month: 'fields.by_month.sortBy("revenue").last()',
  by_product: `steps.clean_data.output.rows.groupBy("product").map(group,
  cel.bind(months, fields.by_month.map(one, one.month),
  cel.bind(now, group.items.filter(row, row.month in months.slice(-3)).sum("revenue"),
  cel.bind(before, group.items.filter(row, row.month in months.slice(-6, -3)).sum("revenue"),
    {"product": group.key, "units": group.items.sum("units"), "revenue": round(group.items.sum("revenue"), 2),
     "share_percent": round(group.items.sum("revenue") / fields.revenue * 100, 1),
     "growth_percent": round((now - before) / before * 100, 1)})))).sortBy("revenue").reverse()`,
  by_region: `steps.clean_data.output.rows.groupBy("region").map(group,
  {"region": group.key, "units": group.items.sum("units"), "revenue": round(group.items.sum("revenue"), 2)}).sortBy("revenue").reverse()`,
});

const forecast = fields({
  history: `steps.clean_data.output.rows.groupBy("month").sortBy("key").map(group,
  {"month": group.key, "revenue": round(group.items.sum("revenue"), 2)})`,
  line: 'trend(fields.history, "revenue")',
  next_months: `range(3).map(ahead,
  {"month": addMonths(fields.history.last().month, ahead + 1),
   "revenue": round(max(0, fields.line.intercept + fields.line.slope * (size(fields.history) + ahead)), 2)})`,
  next_quarter: 'round(fields.next_months.sum("revenue"), 2)',
  change_percent:
    'round((fields.next_quarter - fields.history.slice(-3).sum("revenue")) / fields.history.slice(-3).sum("revenue") * 100, 1)',
});

const insights = `Turn these findings into insights one can act on. Name the figure behind each.

Revenue in the last quarter: {{ formatNumber(steps.analyze_trends.output.last_quarter, 2) }}
Revenue in the quarter before: {{ formatNumber(steps.analyze_trends.output.quarter_before, 2) }}
Growth: {{ formatNumber(steps.analyze_trends.output.growth_percent, 1) }} %
Best month: {{ steps.analyze_trends.output.best_month.month }}, {{ formatNumber(steps.analyze_trends.output.best_month.revenue, 2) }}
Forecast for the next quarter (straight line through all months): {{ formatNumber(steps.predict_future.output.next_quarter, 2) }}
Expected change: {{ formatNumber(steps.predict_future.output.change_percent, 1) }} %
{{ steps.analyze_trends.output.by_product.map(row, "Product " + row.product + ": " + formatNumber(row.revenue, 2) + ", " + formatNumber(row.share_percent, 1) + " % of all, growth " + formatNumber(row.growth_percent, 1) + " %").lines() }}
{{ steps.analyze_trends.output.by_region.map(row, "Region " + row.region + ": " + formatNumber(row.revenue, 2)).lines() }}
Data quality: {{ steps.clean_data.output.rows_read }} rows read, {{ steps.clean_data.output.duplicates }} duplicates, {{ steps.clean_data.output.missing_units }} without units, {{ steps.clean_data.output.missing_prices }} without a price.`;

const summary = `Write the summary of an executive report on sales, in at most 200 words. The tables follow your text, so do not repeat them.

Revenue in the last quarter: {{ formatNumber(steps.analyze_trends.output.last_quarter, 2) }}
Growth against the quarter before: {{ formatNumber(steps.analyze_trends.output.growth_percent, 1) }} %
Forecast for the next quarter: {{ formatNumber(steps.predict_future.output.next_quarter, 2) }}

Insights of the analyst:
{{ steps.generate_insights.output.text }}`;

const steps: [id: string, type: string, name: string, config: TemplateStep['config']][] = [
  [
    'start',
    'start',
    'Start',
    {
      inputs: [
        {
          id: 'file',
          name: 'file',
          type: 'file',
          default: 'sample:sales.csv',
          description: 'Sales by month, region and product, with the columns of the sample.',
        },
      ],
    },
  ],
  [
    'fetch-data',
    'read-file',
    'Fetch raw data',
    { file: '{{ steps.start.output.file }}', format: 'csv' },
  ],
  ['clean-data', 'transform', 'Clean and validate', { fields: clean }],
  ['analyze-trends', 'transform', 'Trend analysis', { fields: trends }],
  ['predict-future', 'transform', 'Predictive analysis', { fields: forecast }],
  ['generate-insights', 'agent', 'Generate insights', { agent: 'analyst', prompt: insights }],
  ['create-report', 'agent', 'Executive report', { agent: 'writer', prompt: summary }],
  ['result', 'output', 'Report', { format: 'markdown', template: reportTemplate }],
];

export default defineTemplate({
  name: 'data-analysis',
  title: 'Comprehensive data analysis',
  job: 'Reads sales data, cleans it, finds trends, predicts the next quarter and writes a report.',
  area: 'Data',
  steps: steps.map(([id, type, name, config]) => ({ id, type, name, config })),
  ways: [
    'start > fetch-data > clean-data > analyze-trends > generate-insights > create-report > result',
    'clean-data > predict-future > generate-insights',
  ],
});
