import { z } from 'zod';
import { retryAfterOf } from '@/lib/runs/values/retry-after';
import { isRecord } from '@/lib/values/unknown';
import { defineNode, type HttpAnswer, type NodeContext, StepError } from '../node-type/define-node';
import { renderAddress } from '../requests/address';
import { send } from '../requests/send';
import { timeoutSetting } from '../requests/settings';
import { renderEscaped } from './render-html';

/** As many as Slack takes before it cuts a text. */
const mostCharacters = 40_000;
const any = '1xx, 2xx, 3xx, 4xx, 5xx';

export default defineNode({
  type: 'post-to-slack',
  kind: 'task',
  title: 'Post to Slack',
  summary:
    'Posts a message to a channel of Slack, or of what takes the same: Mattermost, Discord. A rehearsal posts nothing.',
  group: 'Integrations',
  outward: 'This posts a real message.',
  icon: 'message-square-share',
  aliases: [
    ...[
      'slack',
      'mattermost',
      'discord',
      'rocket chat',
      'chat message',
      'channel',
      'notify',
      'alert',
    ],
    ...['post message', 'slack message', 'team chat'],
  ],
  config: z.strictObject({
    connection: z
      .string({ error: 'Choose a connection.' })
      .min(1, 'Choose a connection.')
      .max(100)
      .meta({
        title: 'Connection',
        description:
          'Holds the secret end of the webhook’s address, as an API key in the path called webhook.',
        widget: 'connection',
        kinds: ['api_key'],
      }),
    message: z.string({ error: 'Enter a message.' }).min(1, 'Enter a message.').max(100_000).meta({
      title: 'Message',
      description:
        '*bold*, _italic_, <https://example.com|link>. Values from {{ }} are plain text.',
      widget: 'prompt',
    }),
    values: z
      .enum(['text', 'marked'])
      .default('text')
      .meta({
        title: 'Values from {{ }}',
        description:
          'Choose marked only for values that you made yourself: a marked one can call a whole channel.',
        labels: { text: 'Are plain text', marked: 'May hold links and marks' },
        advanced: true,
      }),
    blocks: z.string().max(20_000).default('').meta({
      title: 'Blocks',
      description: 'A list of Slack’s blocks; the message is then what notifications show.',
      widget: 'expression',
      advanced: true,
    }),
    url: z
      .string()
      .min(1, 'Enter an address.')
      .max(2_000)
      .default('https://hooks.slack.com/services/{webhook}')
      .meta({
        title: 'Address',
        description:
          'Of the webhook; {webhook} stands for its secret end. Discord’s ends in /slack.',
        widget: 'template',
        advanced: true,
      }),
    timeoutMs: timeoutSetting,
  }),
  subtitle: (config) => config.message,
  sample: { status: 200 },
  effects: () => 'once',
  async run(context, config) {
    const asText = config.values === 'text';
    const text = asText
      ? await renderEscaped(config.message, context, escapeSlack)
      : await context.render(config.message);
    if (text.trim() === '') throw nothingSent('no_message', 'The message is empty.');
    if (text.length > mostCharacters)
      throw nothingSent('too_large', `The message has more than ${mostCharacters} characters.`);
    const body = JSON.stringify({ text, ...(await blocksOf(context, config.blocks)) });
    const url = await renderAddress(config.url, context.render);
    if (context.scope.run.mode === 'rehearsal') {
      context.note?.(`Rehearsed: “${text.slice(0, 80)}” was not posted.`);
      return { status: 200, rehearsed: true };
    }
    const { connection, timeoutMs } = config;
    const headers = { 'content-type': 'application/json' };
    const as = { connection, timeoutMs, expect: any, retryOn: '', changes: true };
    const answer = await send(context, { method: 'POST', url, headers, body }, as);
    if (answer.status >= 300) throw refused(answer, context.now());
    return { status: answer.status };
  },
});

/** What Slack asks for in texts, so that a value can neither mention anybody nor be a link. */
const escapeSlack = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

async function blocksOf(context: NodeContext, expression: string) {
  if (expression.trim() === '') return {};
  const blocks = await context.evaluate(expression);
  if (Array.isArray(blocks) && blocks.every(isRecord)) return { blocks };
  throw nothingSent('invalid_blocks', '“Blocks” must be a list of blocks.');
}

/** A refusal has posted nothing; only after an error of the server nobody knows. */
function refused(answer: HttpAnswer, now: number): StepError {
  const { status } = answer;
  const said = answer.text.trim().slice(0, 200);
  const retryAfterMs = retryAfterOf(answer.headers, now);
  return new StepError(
    'http_status',
    `The message was not accepted (status ${status}).${said === '' ? '' : ` The server said: ${said}`}`,
    {
      retryable: status === 429 || status >= 500,
      noEffect: status < 500,
      ...(status === 429 && retryAfterMs !== undefined ? { retryAfterMs } : {}),
    },
  );
}

const nothingSent = (code: string, message: string) =>
  new StepError(code, `${message} Nothing was posted.`, { noEffect: true });
