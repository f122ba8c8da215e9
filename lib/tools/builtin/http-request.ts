import { z } from 'zod';
import { bodyOf } from '@/lib/nodes/requests/answer';
import { send } from '@/lib/nodes/requests/send';
import { defineTool } from '../define-tool';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
/** Values of headers that carry nothing; any other could. */
const usualValues = new Set([
  ...['*/*', 'application/json', 'text/html', 'text/plain', 'text/csv', 'application/xml'],
  ...['no-cache', 'en', 'gzip'],
]);
const reads = (method: string) => method === 'GET' || method === 'HEAD';

export default defineTool({
  name: 'http_request',
  title: 'HTTP request',
  description:
    'Sends an HTTP request to an API. Credentials come from the connection that the agent was given; never write them into headers. GET and HEAD read, all others change something.',
  input: z.strictObject({
    method: z.enum(methods).default('GET'),
    url: z.url({ protocol: /^https?$/ }).max(4_000),
    headers: z
      .record(
        z.string().regex(/^[A-Za-z0-9-]{1,100}$/),
        z
          .string()
          .max(4_000)
          .regex(/^[^\r\n\0]*$/),
      )
      .default({}),
    body: z.unknown().optional().describe('Sent as JSON; a text is sent as it is.'),
  }),
  effect: 'once',
  effectOf: ({ method }) => (reads(method) ? 'read' : 'once'),
  risk: 2,
  approval: 'policy',
  permission: 'runs.start',
  outside: true,
  private: 'connected',
  connects: true,
  outward: async ({ method, url, headers }, told) => {
    if (!reads(method) || !(await told(url))) return true;
    return Object.values(headers).some((value) => !usualValues.has(value.toLowerCase()));
  },
  async run({ method, url, headers, body }, context) {
    const lower = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const sends = body !== undefined && !reads(method);
    if (sends)
      lower['content-type'] ??= typeof body === 'string' ? 'text/plain' : 'application/json';
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await send(
      context,
      { method, url, headers: lower, body: sends ? text : undefined },
      {
        ...{ connection: context.connection, timeoutMs: 30_000, changes: !reads(method) },
        ...{ expect: '2xx', retryOn: '' },
      },
    );
    const { 'content-type': type } = answer.headers;
    return { status: answer.status, contentType: type ?? '', body: bodyOf(answer, undefined) };
  },
});
