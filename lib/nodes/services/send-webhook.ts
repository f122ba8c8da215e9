import { z } from 'zod';
import { requestKinds } from '@/lib/connections/schema';
import { isoOf } from '@/lib/runs/values/iso';
import { defineNode } from '../node-type/define-node';
import { renderAddress } from '../requests/address';
import { send, whyRehearsed } from '../requests/send';
import { retryOnSetting, timeoutSetting } from '../requests/settings';

export default defineNode({
  type: 'send-webhook',
  kind: 'task',
  title: 'Send webhook',
  summary:
    'Tells another program that something happened: a signed JSON message. A rehearsal sends nothing.',
  group: 'Integrations',
  outward: 'This sends a real request.',
  icon: 'webhook',
  aliases: [
    ...['webhook', 'webhook out', 'outgoing webhook', 'event', 'notify', 'callback', 'hook'],
    ...['signed request', 'standard webhooks', 'zapier', 'post json'],
  ],
  config: z.strictObject({
    url: z.string({ error: 'Enter a URL.' }).min(1, 'Enter a URL.').max(8_000).meta({
      title: 'URL',
      description: 'Where the other program takes webhooks.',
      placeholder: 'https://example.com/webhooks',
      widget: 'template',
    }),
    connection: z
      .string()
      .max(100)
      .optional()
      .meta({
        title: 'Connection',
        description:
          'A webhook signature, so that the receiver knows who sent it. None: not signed.',
        widget: 'connection',
        kinds: ['signature', ...requestKinds.filter((kind) => kind !== 'signature')],
      }),
    event: z
      .string({ error: 'Enter what happened.' })
      .min(1, 'Enter what happened.')
      .max(200)
      .meta({
        title: 'Event',
        description: 'What happened, in a word that the receiver knows.',
        placeholder: 'order.paid',
        widget: 'template',
      }),
    data: z.string().max(20_000).default('').meta({
      title: 'Data',
      description:
        'What is told about it: any value, such as steps.order.output. Empty: the run’s input.',
      widget: 'expression',
    }),
    shape: z
      .enum(['envelope', 'data'])
      .default('envelope')
      .meta({
        title: 'Body',
        help: 'The usual envelope of type, timestamp and data, or the data alone; the event is then in the header webhook-event.',
        labels: { envelope: 'Type, time and data', data: 'The data alone' },
        advanced: true,
      }),
    expect: z
      .string()
      .regex(/^\s*([1-5](\d\d|xx)\s*(,\s*|$))+$/, 'Enter status codes such as 2xx or 200, 404.')
      .default('2xx')
      .meta({
        title: 'Expected status',
        description: 'Any other status fails the step.',
        advanced: true,
      }),
    retryOn: retryOnSetting,
    timeoutMs: timeoutSetting,
  }),
  subtitle: (config) => config.event,
  sample: { id: 'msg_5f0c', status: 200 },
  async run(context, config) {
    const url = await renderAddress(config.url, context.render);
    const event = (await context.render(config.event)).trim();
    const { shape, connection, timeoutMs, retryOn, expect } = config;
    const data = await context.evaluate(config.data.trim() === '' ? 'input' : config.data);
    const message = { type: event, timestamp: isoOf(context.now()), data };
    const body = JSON.stringify(shape === 'data' ? data : message);
    const why = whyRehearsed(context, { changes: true, connection });
    if (why !== undefined) {
      context.note?.(`Rehearsed: “${event}” was not sent, since ${why}.`);
      return { id: '', status: 200, rehearsed: true };
    }
    // All attempts are one message: whoever has it already knows it by this.
    const id = `msg_${context.idempotencyKey.replace(/[^\x21-\x7e]/g, '-')}`.slice(0, 150);
    const headers = {
      ...{ 'content-type': 'application/json', 'user-agent': 'Ensemble-Webhook' },
      ...{ 'webhook-id': id, 'idempotency-key': id },
      ...(shape === 'data' ? { 'webhook-event': headerText(event) } : {}),
    };
    const as = { connection, expect, retryOn, timeoutMs, changes: true };
    const { status } = await send(context, { method: 'POST', url, headers, body }, as);
    return { id, status };
  },
});

const headerText = (text: string) => encodeURIComponent(text.toWellFormed()).replaceAll('%2F', '/');
