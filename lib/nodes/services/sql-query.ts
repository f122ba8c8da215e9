import { z } from 'zod';
import { elementIdSchema } from '@/lib/workflows/schema';
import { defineNode, StepError } from '../node-type/define-node';
import { refuseMadeUp } from '../requests/made-up';

export default defineNode({
  type: 'sql-query',
  kind: 'task',
  title: 'SQL query',
  summary: 'Asks a PostgreSQL or MySQL database. It only reads, unless you allow changes.',
  group: 'Integrations',
  outward: 'This sends the query to the real database.',
  icon: 'database',
  aliases: [
    ...['sql', 'postgres', 'postgresql', 'mysql', 'mariadb', 'database', 'select', 'query'],
    ...['execute query', 'insert', 'warehouse'],
  ],
  config: z.strictObject({
    connection: z
      .string({ error: 'Choose a connection.' })
      .min(1, 'Choose a connection.')
      .max(100)
      .meta({
        title: 'Connection',
        description: 'The database that is asked.',
        widget: 'connection',
        kinds: ['postgres', 'mysql'],
      }),
    statement: z
      .string({ error: 'Enter a statement.' })
      .min(1, 'Enter a statement.')
      .max(100_000)
      .refine((text) => !text.includes('{{'), {
        error:
          'Values do not go into the statement, where they could change what it does. Write $1 (MySQL: ?) in their place and enter them under Parameters.',
      })
      .meta({
        title: 'Statement',
        description: 'One statement. Values stand as $1, $2 … in PostgreSQL, and as ? in MySQL.',
        placeholder: 'select * from orders where customer = $1',
        widget: 'text',
      }),
    parameters: z
      .array(
        z.strictObject({
          id: elementIdSchema,
          value: z
            .string({ error: 'Enter an expression.' })
            .min(1, 'Enter an expression.')
            .max(8_000)
            .meta({ title: 'Value', description: 'Such as input.customer', widget: 'expression' }),
        }),
      )
      .max(100)
      .default([])
      .meta({
        title: 'Parameters',
        description: 'In their order: the first is $1.',
        widget: 'rows',
      }),
    write: z.boolean().default(false).meta({
      title: 'May change data',
      description: 'Off: the database refuses whatever would change something.',
    }),
    maxRows: z.int().min(1).max(10_000).default(1_000).meta({
      title: 'At most',
      description: 'Rows. With more, the step fails instead of leaving some out.',
      advanced: true,
    }),
    timeoutMs: z.int().min(100).max(300_000).default(30_000).meta({
      title: 'Timeout (ms)',
      help: 'The step fails after this time.',
      merge: 'max',
      advanced: true,
    }),
  }),
  subtitle: (config) => config.statement.replace(/\s+/g, ' ').slice(0, 80),
  sample: {
    columns: ['customer', 'total'],
    rows: [{ customer: 'Ada', total: 120 }],
    rowCount: 1,
    changed: null,
  },
  effects: (config) => (config.write ? 'once' : undefined),
  async run(context, { connection, statement, parameters, write, maxRows, timeoutMs }) {
    const values: unknown[] = [];
    for (const { value } of parameters) values.push(await context.evaluate(value));
    if (context.scope.run.mode === 'rehearsal') {
      context.note?.(`Rehearsed: the statement was not sent to “${connection}”.`);
      return { columns: [], rows: [], rowCount: 0, changed: null, rehearsed: true };
    }
    if (statement.includes('\0')) {
      throw new StepError('sql_refused', 'The statement holds a character that none may have.');
    }
    if (write) await refuseMadeUp(context);
    const query = { connection, statement, parameters: values, write, maxRows, timeoutMs };
    return context.service('sql', query);
  },
});
