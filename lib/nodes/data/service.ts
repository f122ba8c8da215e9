import { z } from 'zod';
import { buildRequest } from '@/lib/services/request/build-request';
import { ServiceValueError } from '@/lib/services/request/convert';
import { elementIdSchema } from '@/lib/workflows/schema';
import {
  defineNode,
  type NodeContext,
  type ServiceCall,
  StepError,
} from '../node-type/define-node';
import { bodyOf } from '../requests/answer';
import { itemsOf, nextOf, type PageAsk, refusalIn } from '../requests/call-operation';
import { readPages } from '../requests/pages';
import { send, whyRehearsed } from '../requests/send';
import { connectionSetting, retryOnSetting, timeoutSetting } from '../requests/settings';

const maxPages = 1_000;

const valueSchema = z.strictObject({
  id: elementIdSchema,
  name: z.string().min(1, 'Enter a name.').max(200).meta({
    title: 'Name',
    help: 'The key of the parameter, as the description of the operation has it.',
  }),
  value: z.string().max(20_000).default('').meta({
    title: 'Value',
    help: 'A text, or JSON where a list or an object is expected. {{ }} inserts earlier values.',
    widget: 'template',
  }),
});

const config = z.strictObject({
  service: z.string({ error: 'Choose a service.' }).min(1, 'Choose a service.').max(100).meta({
    title: 'Service',
    help: 'A ready-made one such as ready:slack, or one that was added in Settings, by its name.',
    widget: 'service',
  }),
  operation: z
    .string({ error: 'Choose an operation.' })
    .min(1, 'Choose an operation.')
    .max(120)
    .meta({
      title: 'Operation',
      help: 'What the service is asked to do. It decides which parameters there are.',
      widget: 'operation',
    }),
  connection: connectionSetting,
  parameters: z.array(valueSchema).max(200).default([]).meta({
    title: 'Parameters',
    description: 'Values by the names of the operation’s parameters. Empty ones are not sent.',
    widget: 'rows',
  }),
  body: z.string().max(100_000).default('').meta({
    title: 'Body as JSON',
    description: 'Sent in place of the parameters of the body.',
    widget: 'template',
    advanced: true,
  }),
  allPages: z.boolean().default(false).meta({
    title: 'Read all pages',
    description: 'Joins the pages of a list, where the operation says how they follow.',
  }),
  maxItems: z
    .int()
    .min(1)
    .max(50_000)
    .default(1_000)
    .meta({
      title: 'Maximum items',
      help: 'Reading stops when there are so many; the rest is left out.',
      when: { field: 'allPages', is: true },
    }),
  retryOn: retryOnSetting,
  timeoutMs: timeoutSetting,
});
type Config = z.infer<typeof config>;

export default defineNode({
  type: 'service',
  kind: 'task',
  title: 'Use a service',
  summary:
    'Calls an operation of Slack, GitHub, Google and other services, or of any OpenAPI document. A rehearsal makes up the response.',
  group: 'Integrations',
  icon: 'blocks',
  aliases: [
    ...[
      'app',
      'action',
      'integration',
      'connector',
      'slack',
      'github',
      'google sheets',
      'google drive',
      'gmail',
    ],
    ...[
      'google calendar',
      'notion',
      'jira',
      'linear',
      'hubspot',
      'stripe',
      'airtable',
      'telegram',
      'outlook',
    ],
    ...['microsoft', 'teams', 'excel', 'onedrive', 'openapi', 'swagger', 'api', 'crm', 'message'],
  ],
  config,
  subtitle: ({ service, operation }) =>
    [service?.replace(/^ready:/, ''), operation].filter(Boolean).join(' · '),
  sample: { status: 200, headers: { 'content-type': 'application/json' }, body: {} },
  async run(context, config) {
    const call = await context.operation(config);
    const { operation } = call;
    if (operation.unsupported) throw new StepError('operation_unsupported', operation.unsupported);
    const texts = await textsOf(context, config, call);
    const changes = !operation.reads && operation.method !== 'GET' && operation.method !== 'HEAD';
    const first = requestOf(context, call, texts);
    const why = whyRehearsed(context, { changes, connection: config.connection });
    if (why !== undefined) {
      context.note?.(`Rehearsed: ${first.method} ${first.url} was not sent, since ${why}.`);
      return { status: 200, headers: {}, body: operation.returns ?? null, rehearsed: true };
    }
    const ask = async (asked: PageAsk, page: number) => {
      const values = new Map([...texts.values, ...Object.entries(asked.values ?? {})]);
      const built = page === 1 ? first : requestOf(context, call, { ...texts, values });
      const request = { ...built, url: asked.url ?? built.url };
      const { connection, retryOn, timeoutMs } = config;
      const sending = { connection, retryOn, timeoutMs, changes, expect: '2xx' };
      const { status, headers, text } = await send(context, request, sending, page);
      const body = bodyOf({ status, headers, text }, context.note);
      const refusal = refusalIn(operation, body);
      if (refusal !== undefined)
        throw new StepError('service_error', `${call.title} says: ${refusal}`);
      return { status, headers, body, url: request.url, bytes: text.length };
    };
    const { pages } = operation;
    if (!config.allPages || pages === undefined) {
      const { status, headers, body } = await ask({}, 1);
      return { status, headers, body };
    }
    const joined = await readPages<PageAsk, Awaited<ReturnType<typeof ask>>>(
      {},
      {
        ask: async (asked, page) => {
          const answer = await ask(asked, page);
          return { answer, items: itemsOf(pages, answer.body), bytes: answer.bytes };
        },
        next: async (answer, progress) => nextOf(pages, answer, progress),
        ...{ maxPages, maxItems: config.maxItems },
      },
    );
    const { status, headers } = joined.last;
    if (joined.more)
      context.note?.(`There is more: it was cut after ${joined.items.length} items.`);
    return { status, headers, body: joined.items, pages: joined.pages, more: joined.more };
  },
});

type Texts = { values: Map<string, string>; body: string };

async function textsOf(
  context: NodeContext,
  config: Config,
  { operation }: ServiceCall,
): Promise<Texts> {
  const values = new Map<string, string>();
  for (const { name, value } of config.parameters) {
    const text = await context.render(value);
    if (text !== '' || !values.has(name)) values.set(name, text);
  }
  const body = operation.body === undefined ? '' : await context.render(config.body);
  return { values, body };
}

function requestOf(context: NodeContext, { operation, serverUrl }: ServiceCall, texts: Texts) {
  const boundary = `ensemble-${context.idempotencyKey.replace(/[^A-Za-z0-9]/g, '').slice(0, 40)}`;
  try {
    return buildRequest(operation, serverUrl, { ...texts, boundary });
  } catch (error) {
    if (ServiceValueError.isInstance(error))
      throw new StepError('invalid_parameter', error.message);
    throw error;
  }
}
