import { z } from 'zod';
import { elementIdSchema } from '@/lib/workflows/schema';
import { defineNode, StepError } from '../node-type/define-node';
import { renderAddress, withParameters } from '../requests/address';
import { bodyOf } from '../requests/answer';
import { fileNameOf, mediaTypeOf } from '../requests/file-answer';
import { pagingSettings } from '../requests/paging-settings';
import { readPaged } from '../requests/read-paged';
import { send, whyRehearsed } from '../requests/send';
import {
  connectionSetting,
  parameterSchema,
  retryOnSetting,
  timeoutSetting,
} from '../requests/settings';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const;

const headerSchema = z.strictObject({
  id: elementIdSchema,
  name: z
    .string()
    .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'Not a valid header name.')
    .meta({ title: 'Name', help: 'The name of the header, such as Accept.' }),
  value: z.string().max(8_000).default('').meta({
    title: 'Value',
    help: 'What the header says. {{ }} inserts earlier values.',
    widget: 'template',
  }),
});

export default defineNode({
  type: 'http',
  kind: 'task',
  title: 'HTTP request',
  summary:
    'Calls a URL and reads the response. A rehearsal only sends GET and HEAD, and nothing with a connection.',
  group: 'Integrations',
  outward: 'This sends a real request.',
  icon: 'globe',
  aliases: [
    'api',
    'request',
    'rest',
    'curl',
    'fetch',
    'url',
    'web',
    'call',
    'get',
    'post',
    'graphql',
    'endpoint',
    'integration',
    'send',
    'notify',
    'database',
    'sql',
    'google sheets',
  ],
  config: z.strictObject({
    method: z.enum(methods).default('GET').meta({
      title: 'Method',
      help: 'GET reads, POST sends something new, PUT and PATCH change, DELETE removes.',
    }),
    url: z.string({ error: 'Enter a URL.' }).min(1, 'Enter a URL.').max(8_000).meta({
      title: 'URL',
      description: 'A public http or https URL. Values from {{ }} are encoded.',
      widget: 'template',
    }),
    connection: connectionSetting,
    query: z.array(parameterSchema).max(50).default([]).meta({
      title: 'Query parameters',
      description: 'Added to the URL, encoded.',
      widget: 'rows',
    }),
    headers: z.array(headerSchema).max(50).default([]).meta({
      title: 'Headers',
      help: 'Further headers of the request. Credentials belong into a connection.',
      widget: 'rows',
    }),
    body: z
      .string()
      .max(100_000)
      .default('')
      .meta({
        title: 'Body',
        description: 'Sent as JSON unless a Content-Type header says otherwise.',
        widget: 'template',
        when: { field: 'method', is: ['POST', 'PUT', 'PATCH', 'DELETE'] },
      }),
    expect: z
      .string()
      .regex(/^\s*([1-5](\d\d|xx)\s*(,\s*|$))+$/, 'Enter status codes such as 2xx or 200, 404.')
      .default('2xx')
      .meta({ title: 'Expected status', description: 'Any other status fails the step.' }),
    response: z
      .enum(['auto', 'file'])
      .default('auto')
      .meta({
        title: 'Response',
        description: 'A file is kept as long as runs are; other steps read it by its id.',
        labels: { auto: 'JSON or text', file: 'File' },
        advanced: true,
      }),
    ...pagingSettings,
    retryOn: retryOnSetting,
    timeoutMs: timeoutSetting,
  }),
  subtitle: (config) => `${config.method} ${config.url}`,
  sample: { status: 200, headers: { 'content-type': 'application/json' }, cookies: [], body: {} },
  async run(context, config) {
    const query: { name: string; value: string }[] = [];
    for (const { name, value } of config.query)
      query.push({ name, value: await context.render(value) });
    const url = withParameters(await renderAddress(config.url, context.render), query);
    const headers: Record<string, string> = {};
    for (const row of config.headers)
      headers[row.name.toLowerCase()] = headerText(await context.render(row.value));
    const { method, connection } = config;
    const changes = method !== 'GET' && method !== 'HEAD';
    const sendsBody = config.body !== '' && changes;
    const why = whyRehearsed(context, { changes, connection });
    if (why !== undefined) {
      context.note?.(`Rehearsed: ${method} ${url} was not sent, since ${why}.`);
      return { status: 200, headers: {}, cookies: [], body: null, rehearsed: true };
    }
    if (sendsBody) headers['content-type'] ??= 'application/json';
    const body = sendsBody ? await context.render(config.body) : undefined;
    const request = { method, headers, body };
    const { paging, expect, retryOn, timeoutMs } = config;
    const as = { connection, expect, retryOn, timeoutMs, changes };
    if (config.response === 'file') {
      const answer = await send(context, { ...request, url }, { ...as, asBytes: true });
      const { status, headers: answered, cookies = [], bytes = new Uint8Array() } = answer;
      const file = { name: fileNameOf(answer, url), mediaType: mediaTypeOf(answer), bytes };
      return { status, headers: answered, cookies, body: await context.saveFile(file) };
    }
    if (paging !== 'off') {
      return readPaged(context, config, url, (page, number) =>
        send(context, { ...request, url: page }, as, number),
      );
    }
    const answer = await send(context, { ...request, url }, as);
    const { status, headers: answered, cookies = [] } = answer;
    return { status, headers: answered, cookies, body: bodyOf(answer, context.note) };
  },
});

function headerText(value: string): string {
  if (/[\r\n\0]/.test(value))
    throw new StepError('invalid_header', 'A header’s value may not have line breaks.');
  return value;
}
