/** Template of the sample's report: every figure in it is computed by an earlier step. */
export const reportTemplate = `# Sales report

{{ steps.create_report.output.text }}

*Summary by @{{ steps.create_report.output.agent }}, {{ steps.create_report.output.rehearsed ? "rehearsed." : "model " + steps.create_report.output.model + "." }}*

## Key figures

| Figure | Value |
| --- | ---: |
| Revenue, all months | {{ formatNumber(steps.analyze_trends.output.revenue, 2) }} |
| Units, all months | {{ formatNumber(steps.analyze_trends.output.units) }} |
| Revenue, last quarter | {{ formatNumber(steps.analyze_trends.output.last_quarter, 2) }} |
| Revenue, quarter before | {{ formatNumber(steps.analyze_trends.output.quarter_before, 2) }} |
| Growth | {{ formatNumber(steps.analyze_trends.output.growth_percent, 1) }} % |
| Best month | {{ steps.analyze_trends.output.best_month.month }} ({{ formatNumber(steps.analyze_trends.output.best_month.revenue, 2) }}) |

## Months

| Month | Units | Revenue |
| --- | ---: | ---: |
{{ steps.analyze_trends.output.by_month.map(row, "| " + row.month + " | " + formatNumber(row.units) + " | " + formatNumber(row.revenue, 2) + " |").lines() }}

## Products

| Product | Units | Revenue | Share | Growth, last quarter |
| --- | ---: | ---: | ---: | ---: |
{{ steps.analyze_trends.output.by_product.map(row, "| " + row.product + " | " + formatNumber(row.units) + " | " + formatNumber(row.revenue, 2) + " | " + formatNumber(row.share_percent, 1) + " % | " + formatNumber(row.growth_percent, 1) + " % |").lines() }}

## Regions

| Region | Units | Revenue |
| --- | ---: | ---: |
{{ steps.analyze_trends.output.by_region.map(row, "| " + row.region + " | " + formatNumber(row.units) + " | " + formatNumber(row.revenue, 2) + " |").lines() }}

## Forecast

A straight line through the revenue of all months, {{ formatNumber(steps.predict_future.output.line.slope, 2) }} more each month, gives:

| Month | Revenue |
| --- | ---: |
{{ steps.predict_future.output.next_months.map(row, "| " + row.month + " | " + formatNumber(row.revenue, 2) + " |").lines() }}
| Next quarter | {{ formatNumber(steps.predict_future.output.next_quarter, 2) }} |

That is {{ formatNumber(steps.predict_future.output.change_percent, 1) }} % against the last quarter.

## Insights

{{ steps.generate_insights.output.text }}

## Data quality

Of {{ steps.clean_data.output.rows_read }} rows, {{ steps.clean_data.output.duplicates }} were duplicates and left out. {{ steps.clean_data.output.missing_units }} rows had no units and were left out; {{ steps.clean_data.output.missing_prices }} had no price and got the median price of their product. {{ steps.clean_data.output.rows_kept }} rows were used.
`;
