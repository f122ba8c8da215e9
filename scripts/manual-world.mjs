// What the pictures of the manual show: workflows and runs that are made for them.

const place = (column, row = 0) => ({ x: column * 328, y: row * 140 });
const chain = (...ids) =>
  ids.slice(1).map((target, index) => ({ id: `e-${target}`, source: ids[index], target }));
const field = (id, name, expression) => ({ id, action: 'set', name, expression });

export const greeting = {
  schema: 1,
  name: 'Greeting',
  nodes: [
    {
      ...{ id: 'start', type: 'start', name: 'Start', position: place(0) },
      config: { inputs: [{ id: 'n', name: 'name', type: 'text', required: true }] },
    },
    {
      ...{ id: 'output', type: 'output', name: 'Output', position: place(1) },
      config: { format: 'text', template: 'Hello {{ input.name }}!' },
    },
  ],
  edges: chain('start', 'output'),
};

const sales = {
  schema: 1,
  name: 'Sales by region',
  description: 'Sums up what each region sold, for the weekly mail.',
  nodes: [
    {
      id: 'read',
      key: 'read_file',
      type: 'read-file',
      name: 'Read file',
      position: place(0),
      config: { file: 'sample:sales.csv' },
    },
    {
      ...{ id: 'filter', key: 'filter', type: 'filter', name: 'Filter', position: place(1) },
      config: {
        rows: 'steps.read_file.output.rows',
        condition: '!isEmpty(row.units) && !isEmpty(row.price)',
      },
    },
    {
      ...{
        id: 'set',
        key: 'set_fields',
        type: 'set-fields',
        name: 'Set fields',
        position: place(2),
      },
      config: {
        rows: 'steps.filter.output.rows',
        changes: [field('r', 'revenue', 'row.units * row.price')],
      },
    },
    {
      ...{
        id: 'group',
        key: 'group',
        type: 'group',
        name: 'Group and summarise',
        position: place(3),
      },
      config: {
        rows: 'steps.set_fields.output.rows',
        keys: [{ id: 'k', field: 'region' }],
        summaries: [
          { id: 's', summary: 'sum', field: 'revenue', name: '' },
          { id: 't', summary: 'count', field: '', name: 'orders' },
        ],
      },
    },
    {
      ...{ id: 'sort', key: 'sort', type: 'sort', name: 'Sort', position: place(4) },
      config: {
        rows: 'steps.group.output.rows',
        keys: [{ id: 'k', field: 'sum_revenue', direction: 'descending' }],
      },
    },
    {
      ...{ id: 'output', key: 'output', type: 'output', name: 'Report', position: place(5) },
      config: {
        format: 'markdown',
        template:
          '# Revenue\n\n{{ steps.sort.output.rows.map(row, "- " + row.region + ": " + formatNumber(row.sum_revenue, 2)).lines() }}',
      },
    },
  ],
  edges: chain('read', 'filter', 'set', 'group', 'sort', 'output'),
};

const refund = {
  schema: 1,
  name: 'Refund',
  nodes: [
    {
      ...{ id: 'start', type: 'start', name: 'Start', position: place(0) },
      config: {
        inputs: [
          { id: 'a', name: 'amount', type: 'number', required: true },
          { id: 'c', name: 'country', type: 'text' },
          { id: 'n', name: 'customer', type: 'text' },
        ],
      },
    },
    {
      ...{ id: 'if', key: 'is_large', type: 'if', name: 'Is it large', position: place(1) },
      config: { condition: 'input.amount > 100 && input.country == "DE"' },
    },
    {
      ...{ id: 'ask', key: 'ask', type: 'approval', name: 'Ask the team', position: place(2) },
      config: {
        question: 'Refund {{ input.amount }} € to {{ input.customer }}?',
        details: 'The customer writes that the machine **arrived broken**.',
        role: 'editor',
      },
    },
    {
      ...{ id: 'call', key: 'call', type: 'http', name: 'Pay back', position: place(3) },
      config: {
        method: 'POST',
        url: 'https://api.example.com/refunds/{{ input.customer }}',
        query: [{ id: 'q', name: 'source', value: 'ensemble' }],
        body: '{"amount": {{ input.amount }}}',
      },
      policy: { onError: 'port', retry: { attempts: 5, backoffMs: 2000, maxBackoffMs: 60000 } },
    },
  ],
  edges: [
    { id: 'e1', source: 'start', target: 'if' },
    { id: 'e2', source: 'if', sourcePort: 'then', target: 'ask' },
    { id: 'e3', source: 'ask', sourcePort: 'approved', target: 'call' },
  ],
};

const letters = {
  schema: 1,
  name: 'Letters to customers',
  nodes: [
    {
      ...{ id: 'start', type: 'start', name: 'Start', position: place(0) },
      config: { inputs: [{ id: 'c', name: 'customers', type: 'json' }] },
    },
    {
      id: 'each',
      key: 'each',
      type: 'map',
      name: 'For each customer',
      position: place(1),
      config: { items: 'input.customers' },
    },
    {
      id: 'write',
      key: 'write',
      type: 'agent',
      name: 'Write the letter',
      position: { x: 348, y: 180 },
      group: 'each',
      config: { prompt: 'Write two friendly sentences to {{ item.name }}.' },
    },
    {
      id: 'clean',
      key: 'clean',
      type: 'transform',
      name: 'Add the address',
      position: { x: 676, y: 180 },
      group: 'each',
      config: { expression: 'merge(item, {"letter": steps.write.output.text})' },
    },
    {
      id: 'code',
      key: 'code',
      type: 'code',
      name: 'Count words',
      position: place(2),
      config: {
        source:
          'const letters = [{ letter: "Dear Ada" }, { letter: "Dear Grace, hello" }];\nconst words = letters.map(({ letter }) => letter.split(" ").length);\nconsole.log(words.length + " letters");\nreturn { words, longest: Math.max(...words) };',
      },
    },
  ],
  edges: [
    { id: 'e1', source: 'start', target: 'each' },
    { id: 'e2', source: 'write', target: 'clean' },
    { id: 'e3', source: 'each', target: 'code' },
  ],
};

/** Makes everything that the pictures need; `call` asks the API as the owner. */
export async function setScene(call) {
  const make = async (definition, more) => {
    const { id } = await call('POST', '/workflows', definition);
    if (more) await call('PATCH', `/workflows/${id}`, more);
    return id;
  };
  const ids = {
    greeting: await make(greeting, { folder: 'Examples' }),
    sales: await make(sales, { folder: 'Sales/Reports', tags: ['weekly'] }),
    refund: await make(refund, { folder: 'Support', tags: ['people'] }),
    letters: await make(letters, { folder: 'Sales' }),
  };
  await call('POST', `/workflows/${ids.sales}/publish`, { note: 'First version' });
  const start = (id, input = {}, mode = 'live') =>
    call('POST', `/workflows/${id}/runs`, { input, mode, version: 'draft' });
  const ended = async (run) => {
    for (;;) {
      const { status } = await call('GET', `/runs/${run}`);
      if (['succeeded', 'failed', 'cancelled', 'waiting'].includes(status)) return run;
      await new Promise((done) => setTimeout(done, 200));
    }
  };
  const runs = {
    sales: await ended((await start(ids.sales)).id),
    refund: await ended(
      (await start(ids.refund, { amount: 240, country: 'DE', customer: 'Ada' })).id,
    ),
    greeting: await ended((await start(ids.greeting, { name: 'Ada' })).id),
  };
  return { call, ids, runs, start, ended };
}
