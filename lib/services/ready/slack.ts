import type { ServicePages } from '../schema';
import {
  bearer,
  defineService,
  form,
  inBody,
  inQuery,
  json,
  must,
  operation,
} from './define-service';

const okAt = { ok: ['ok'], error: ['error'] };
const channel = inBody('channel', 'Channel', {
  ...must,
  description: 'The ID of a channel, group or conversation, such as C0123456789.',
});
const pages = (items: string): ServicePages => ({
  kind: 'cursor',
  field: 'cursor',
  next: ['response_metadata', 'next_cursor'],
  items: [items],
});
const limit = inQuery('limit', 'Limit', {
  type: 'integer',
  description: 'Items on a page; Slack recommends at most 200.',
});
const cursor = inQuery('cursor', 'Cursor', {
  description: 'Continues where the page before ended.',
});

export default defineService({
  name: 'slack',
  title: 'Slack',
  description: 'Messages, channels and people of a Slack workspace.',
  aliases: ['chat', 'message', 'channel'],
  docs: 'https://docs.slack.dev/reference/methods',
  serverUrl: 'https://slack.com/api',
  auth: [
    bearer(
      ['slack.com'],
      'The bot token (xoxb-…) of a Slack app: api.slack.com/apps, "OAuth & Permissions".',
      {
        testUrl: 'https://slack.com/api/auth.test',
      },
    ),
  ],
  operations: [
    operation('post-message', 'Send a message', 'POST /chat.postMessage', {
      group: 'Messages',
      description: 'Needs the scope chat:write, and the app in the channel.',
      body: json,
      okAt,
      fields: [
        channel,
        inBody('text', 'Text', {
          description: 'Also what notifications show where there are blocks.',
        }),
        inBody('blocks', 'Blocks', {
          type: 'list',
          items: 'object',
          description: 'A layout of Block Kit, as JSON.',
        }),
        inBody('thread_ts', 'Thread', {
          description: 'The ts of a message: the new one answers in its thread.',
        }),
        inBody('reply_broadcast', 'Also send to the channel', { type: 'boolean' }),
        inBody('mrkdwn', 'Format as mrkdwn', { type: 'boolean', fallback: 'true' }),
        inBody('unfurl_links', 'Show previews of links', { type: 'boolean' }),
      ],
      returns: {
        ok: true,
        channel: 'C0123456789',
        ts: '1503435956.000247',
        message: { text: '', user: '', ts: '' },
      },
    }),
    operation('update-message', 'Change a message', 'POST /chat.update', {
      group: 'Messages',
      body: json,
      okAt,
      fields: [
        channel,
        inBody('ts', 'Message', { ...must, description: 'The ts of the message.' }),
        inBody('text', 'Text'),
        inBody('blocks', 'Blocks', {
          type: 'list',
          items: 'object',
          description: 'A layout of Block Kit, as JSON.',
        }),
      ],
      returns: { ok: true, channel: '', ts: '', text: '' },
    }),
    operation('delete-message', 'Delete a message', 'POST /chat.delete', {
      group: 'Messages',
      body: json,
      okAt,
      fields: [
        channel,
        inBody('ts', 'Message', { ...must, description: 'The ts of the message.' }),
      ],
      returns: { ok: true, channel: '', ts: '' },
    }),
    operation('add-reaction', 'Add a reaction', 'POST /reactions.add', {
      group: 'Messages',
      description: 'Needs the scope reactions:write.',
      body: json,
      okAt,
      fields: [
        channel,
        inBody('timestamp', 'Message', { ...must, description: 'The ts of the message.' }),
        inBody('name', 'Emoji', {
          ...must,
          description: 'Its name without colons, such as thumbsup.',
        }),
      ],
      returns: { ok: true },
    }),
    operation('list-channels', 'List channels', 'GET /conversations.list', {
      group: 'Channels',
      description: 'Needs channels:read, and groups:read for private ones.',
      okAt,
      pages: pages('channels'),
      fields: [
        inQuery('types', 'Types', {
          type: 'list',
          style: 'comma',
          description: 'public_channel, private_channel, mpim, im.',
          fallback: 'public_channel',
        }),
        inQuery('exclude_archived', 'Leave out archived ones', {
          type: 'boolean',
          fallback: 'false',
        }),
        limit,
        cursor,
      ],
      returns: {
        ok: true,
        channels: [{ id: '', name: '', is_archived: false }],
        response_metadata: { next_cursor: '' },
      },
    }),
    operation('read-messages', 'Read messages of a channel', 'GET /conversations.history', {
      group: 'Messages',
      description: 'Needs channels:history, or groups:history for private ones.',
      okAt,
      pages: pages('messages'),
      fields: [
        inQuery('channel', 'Channel', must),
        inQuery('oldest', 'After', {
          description: 'Messages after this time, in seconds since 1970.',
        }),
        inQuery('latest', 'Before', {
          description: 'Messages before this time, in seconds since 1970.',
        }),
        inQuery('inclusive', 'Include both ends', { type: 'boolean' }),
        limit,
        cursor,
      ],
      returns: {
        ok: true,
        messages: [{ type: 'message', user: '', text: '', ts: '' }],
        has_more: false,
      },
    }),
    operation('list-users', 'List people', 'GET /users.list', {
      group: 'People',
      description: 'Needs the scope users:read.',
      okAt,
      pages: pages('members'),
      fields: [limit, cursor],
      returns: { ok: true, members: [{ id: '', name: '', real_name: '', deleted: false }] },
    }),
    operation('find-user', 'Find a person by email', 'GET /users.lookupByEmail', {
      group: 'People',
      description: 'Needs the scope users:read.email.',
      okAt,
      fields: [inQuery('email', 'Email', must)],
      returns: { ok: true, user: { id: '', name: '', real_name: '' } },
    }),
    operation('create-channel', 'Create a channel', 'POST /conversations.create', {
      group: 'Channels',
      description: 'Needs channels:manage, or groups:write for private ones.',
      body: form,
      okAt,
      fields: [
        inBody('name', 'Name', {
          ...must,
          description: 'Lower case letters, digits, - and _; at most 80.',
        }),
        inBody('is_private', 'Private', { type: 'boolean' }),
      ],
      returns: { ok: true, channel: { id: '', name: '' } },
    }),
  ],
});
