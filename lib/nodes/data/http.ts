import { z } from 'zod';
import { jsonProblemText, readJson } from '@/lib/api/json/read-json';
import { requestKinds } from '@/lib/connections/schema';
import { retryAfterOf } from '@/lib/runs/values/retry-after';
import { elementIdSchema } from '@/lib/workflows/schema';
import { defineNode, type HttpAnswer, type NodeContext, StepError } from '../node-type/define-node';
import { renderAddress, withParameters } from './address';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const;
const largestAnswer = 4 * 1_048_576;

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

const parameterSchema = z.strictObject({
  id: elementIdSchema,
  name: z.string().min(1, 'Enter a name.').max(200).meta({
    title: 'Name',
    help: 'The name of the parameter, as it stands before the equals sign.',
  }),
  value: z.string().max(8_000).default('').meta({
    title: 'Value',
    help: 'Its value, encoded for the URL. Empty ones are sent, too.',
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
    'webhook out',
    'integration',
    'slack',
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
    connection: z.string().max(100).optional().meta({
      title: 'Connection',
      description: 'Credentials from Settings, sent only to the hosts of the connection.',
      widget: 'connection',
      kinds: requestKinds,
    }),
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
    timeoutMs: z.int().min(100).max(300_000).default(30_000).meta({
      title: 'Timeout (ms)',
      description: 'The step fails after this time.',
      merge: 'max',
    }),
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
    const changes = config.method !== 'GET' && config.method !== 'HEAD';
    const sendsBody = config.body !== '' && changes;
    const { connection = '' } = config;
    if ((changes || connection !== '') && context.scope.run.mode === 'rehearsal') {
      const why = changes ? 'it could change something' : `it needs the connection "${connection}"`;
      context.note?.(`Rehearsed: ${config.method} ${url} was not sent, since ${why}.`);
      return { status: 200, headers: {}, cookies: [], body: null, rehearsed: true };
    }
    if (sendsBody) headers['content-type'] ??= 'application/json';
    if (changes) headers['idempotency-key'] ??= context.idempotencyKey;
    const answer = await context.http({
      method: config.method,
      url,
      headers,
      body: sendsBody ? await context.render(config.body) : undefined,
      timeoutMs: config.timeoutMs,
      maxBytes: largestAnswer,
      ...(connection === '' ? {} : { connection }),
    });
    if (!isExpected(answer.status, config.expect))
      throw unexpected(answer, config.expect, context.now());
    const { status, headers: answered, cookies = [] } = answer;
    return { status, headers: answered, cookies, body: bodyOf(answer, context.note) };
  },
});

function headerText(value: string): string {
  if (/[\r\n\0]/.test(value))
    throw new StepError('invalid_header', 'A header’s value may not have line breaks.');
  return value;
}

function isExpected(status: number, expected: string): boolean {
  return expected.split(',').some((part) => {
    const wanted = part.trim();
    return wanted.endsWith('xx') ? String(status)[0] === wanted[0] : String(status) === wanted;
  });
}

function unexpected(answer: HttpAnswer, expected: string, now: number): StepError {
  const { status } = answer;
  const retryAfterMs = retryAfterOf(answer.headers, now);
  // A 403 that says when to come again is a limit as well.
  const limited = status === 429 || (status === 403 && retryAfterMs !== undefined);
  const retryable = status >= 500 || status === 408 || status === 425 || limited;
  const text = answer.text.trim().slice(0, 300);
  const message = `The server responded with ${answer.status}, but ${expected} was expected.${text ? ` It said: ${text}` : ''}`;
  return new StepError('http_status', message, {
    retryable,
    ...(retryable && retryAfterMs !== undefined ? { retryAfterMs } : {}),
  });
}

function bodyOf(answer: HttpAnswer, note: NodeContext['note']): unknown {
  if (!/[/+]json\b/i.test(answer.headers['content-type'] ?? '')) return answer.text;
  if (answer.text.trim() === '') return answer.text;
  const read = readJson(answer.text);
  if (read.ok) return read.value;
  note?.(
    `The response claims to be JSON, but ${jsonProblemText(read.problem)}. Its body is returned as text.`,
  );
  return answer.text;
}
