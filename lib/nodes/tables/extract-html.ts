import { z } from 'zod';
import { readSettings } from '@/lib/files/read-settings';
import { elementIdSchema } from '@/lib/workflows/schema';
import { defineNode, type NodeContext, StepError } from '../node-type/define-node';
import { fieldName } from './rows-setting';

const selector = (title: string, description: string) =>
  z.string().max(500).default('').meta({ title, description });

const fieldSchema = z.strictObject({
  id: elementIdSchema,
  name: fieldName({ title: 'Name', help: 'The name of the field.', placeholder: 'price' }).min(
    1,
    'Enter the name of a field.',
  ),
  selector: selector(
    'Selector',
    'Within the element, such as .price or a. Empty: the element itself.',
  ),
  take: z
    .enum(['text', 'attribute', 'html'])
    .default('text')
    .meta({
      title: 'Take',
      help: 'The text as people read it, an attribute such as href, or the HTML inside.',
      labels: { text: 'Text', attribute: 'Attribute', html: 'HTML' },
    }),
  attribute: z
    .string()
    .max(100)
    .default('href')
    .meta({
      title: 'Attribute',
      help: 'Such as href of a link or src of a picture.',
      when: { field: 'take', is: 'attribute' },
    }),
  every: z.boolean().default(false).meta({
    title: 'All of them',
    help: 'A list of all that fit, instead of the first.',
  }),
});

const configSchema = z
  .strictObject({
    html: z.string({ error: 'Choose a text.' }).min(1, 'Choose a text.').max(20_000).meta({
      title: 'HTML',
      description: 'A page from an earlier step, such as steps.http.output.body.',
      widget: 'expression',
      prefill: 'body',
    }),
    give: z
      .enum(['list', 'one', 'table'])
      .default('list')
      .meta({
        title: 'Give',
        help: 'A row for each element that fits, the fields of one, or a table of the page row by row.',
        labels: { list: 'A row for each element', one: 'One set of fields', table: 'A table' },
      }),
    selector: selector(
      'Selector',
      'A CSS selector of the element, such as .product or #news li. Empty: the whole page, or its first table.',
    ),
    fields: z
      .array(fieldSchema)
      .max(50)
      .default([])
      .meta({
        title: 'Fields',
        description: 'What to take from each element.',
        widget: 'rows',
        when: { field: 'give', is: ['list', 'one'] },
      }),
    numbers: readSettings.numbers.default('plain').meta({
      title: 'Numbers',
      description: 'Codes such as 007 and ids of more than 15 digits stay text.',
      labels: {
        plain: '1234.5',
        point: '1,234.5',
        comma: '1.234,5',
        text: 'Off: all cells are text',
      },
      when: { field: 'give', is: 'table' },
    }),
    address: z.string().max(8_000).default('').meta({
      title: 'Address of the page',
      description: 'Makes relative links whole. Empty: they stay as they are written.',
      widget: 'template',
      placeholder: 'https://example.com/news',
    }),
    none: z
      .enum(['empty', 'fail'])
      .default('empty')
      .meta({
        title: 'If nothing fits',
        description: 'Pages change: failing tells you of it.',
        labels: { empty: 'Go on without', fail: 'Fail the step' },
      }),
    most: z
      .int()
      .min(1)
      .max(10_000)
      .default(1_000)
      .meta({
        title: 'Rows at most',
        help: 'What comes after so many rows is left out.',
        when: { field: 'give', is: ['list', 'table'] },
        advanced: true,
      }),
  })
  .check(({ value, issues }) => {
    if (value.give === 'table' || value.fields.length > 0) return;
    const message = 'Add what to take from each element.';
    issues.push({ code: 'custom', input: value, path: ['fields'], message });
  });
type Config = z.infer<typeof configSchema>;

export default defineNode({
  type: 'extract-html',
  kind: 'task',
  title: 'HTML extract',
  summary: 'Takes texts, links, pictures or a table out of a web page by CSS selectors.',
  group: 'Data',
  icon: 'text-search',
  aliases: [
    ...['html', 'scrape', 'scraper', 'scraping', 'css selector', 'selector', 'web page'],
    ...['crawl', 'cheerio', 'html extract', 'page', 'links'],
  ],
  config: configSchema,
  subtitle: (config) => config.selector,
  sample: { rows: [{ name: 'Pen', price: '2.50', link: '/pen' }], rowCount: 1 },
  async run(context, config) {
    const html = await context.evaluate(config.html);
    if (typeof html !== 'string')
      throw new StepError('no_html', '“HTML” must be a text, such as the body of a web page.');
    const address = (await context.render(config.address)).trim();
    const read = await context.page(jobOf(config, html, address));
    if (!read.ok) throw new StepError('no_html', `The page cannot be read. ${read.problem}`);
    const { columns, rows, found } = read.value;
    if (found === 0 && config.none === 'fail') throw nothing(config);
    saySo(context, found, rows.length);
    if (config.give === 'one') return { found: found > 0, fields: rows[0] ?? emptyOf(config) };
    const rowCount = rows.length;
    return config.give === 'table' ? { rows, columns, rowCount } : { rows, rowCount };
  },
});

function jobOf(config: Config, html: string, address: string) {
  const { selector: where, numbers, give } = config;
  const page = { html, selector: where, address, most: give === 'one' ? 1 : config.most };
  if (give === 'table') return { ...page, as: 'table' as const, numbers };
  const fields = config.fields.map(({ id: _, ...field }) => field);
  return { ...page, as: 'fields' as const, fields };
}

const emptyOf = ({ fields }: Config) =>
  Object.fromEntries(fields.map(({ name, every }) => [name, every ? [] : null]));

function nothing({ selector: where, give }: Config): StepError {
  const what = give === 'table' ? 'No table' : 'Nothing';
  const place = where.trim() === '' ? 'on the page' : `for “${where.slice(0, 100)}” on the page`;
  return new StepError('nothing_found', `${what} was found ${place}. It may have changed.`);
}

function saySo({ note }: Pick<NodeContext, 'note'>, found: number, taken: number): void {
  if (found === 0) note?.('Nothing on the page fits the selector.');
  else if (found > taken) note?.(`Took ${taken} of ${found}.`);
}
