import type { ServicePages } from '../schema';
import { defineService, inBody, inPath, inQuery, json, must, operation } from './define-service';
import { googleAuth } from './google-auth';

const message = [
  inBody('to', 'To', { ...must, description: 'Several addresses with commas between.' }),
  inBody('subject', 'Subject', must),
  inBody('text', 'Text', must),
  inBody('format', 'Format', { options: ['plain', 'html'], fallback: 'plain' }),
  inBody('cc', 'Cc'),
  inBody('bcc', 'Bcc'),
  inBody('from', 'From', { description: 'An alias of the account.' }),
  inBody('replyTo', 'Reply to'),
  inBody('threadId', 'Thread', {
    description: 'For a reply: the ID of its thread, with the same subject.',
  }),
  inBody('inReplyTo', 'In reply to', {
    description: 'For a reply: the Message-ID header of the message.',
  }),
];
const id = inPath('id', 'Message', { description: 'The ID of the message.' });
const pages: ServicePages = {
  kind: 'cursor',
  items: ['messages'],
  field: 'pageToken',
  next: ['nextPageToken'],
};
const sent = { id: '', threadId: '', labelIds: [''] };

export default defineService({
  name: 'gmail',
  title: 'Gmail',
  description: 'Email of a Google account.',
  aliases: ['email', 'e-mail', 'mail', 'google'],
  docs: 'https://developers.google.com/workspace/gmail/api/reference/rest',
  serverUrl: 'https://gmail.googleapis.com',
  auth: [googleAuth('gmail.googleapis.com', ['gmail.modify', 'gmail.send', 'gmail.readonly'])],
  operations: [
    operation('send-message', 'Send an email', 'POST /gmail/v1/users/me/messages/send', {
      body: { kind: 'mail', required: true, at: ['raw'] },
      fields: message,
      returns: sent,
    }),
    operation('create-draft', 'Create a draft', 'POST /gmail/v1/users/me/drafts', {
      body: { kind: 'mail', required: true, at: ['message', 'raw'] },
      fields: message,
      returns: { id: '', message: sent },
    }),
    operation('search-messages', 'Search messages', 'GET /gmail/v1/users/me/messages', {
      description: 'Gives IDs: read each message by its own.',
      pages,
      fields: [
        inQuery('q', 'Search', {
          description: 'As in Gmail: from:ada@example.com is:unread newer_than:2d.',
        }),
        inQuery('labelIds', 'Labels', { type: 'list' }),
        inQuery('maxResults', 'Per page', {
          type: 'integer',
          fallback: '100',
          description: 'At most 500.',
        }),
        inQuery('includeSpamTrash', 'Spam and trash too', { type: 'boolean', fallback: 'false' }),
        inQuery('pageToken', 'Page token'),
      ],
      returns: { messages: [{ id: '', threadId: '' }], nextPageToken: '', resultSizeEstimate: 1 },
    }),
    operation('get-message', 'Read a message', 'GET /gmail/v1/users/me/messages/{id}', {
      fields: [
        id,
        inQuery('format', 'Format', {
          options: ['full', 'metadata', 'minimal', 'raw'],
          fallback: 'full',
        }),
        inQuery('metadataHeaders', 'Headers', {
          type: 'list',
          description: 'With the format metadata.',
        }),
      ],
      returns: {
        ...sent,
        snippet: '',
        internalDate: '0',
        payload: { headers: [{ name: 'Subject', value: '' }] },
      },
    }),
    operation(
      'change-labels',
      'Change the labels of a message',
      'POST /gmail/v1/users/me/messages/{id}/modify',
      {
        description: 'Without UNREAD it is read; without INBOX it is archived.',
        body: json,
        fields: [
          id,
          inBody('addLabelIds', 'Add labels', { type: 'list' }),
          inBody('removeLabelIds', 'Remove labels', { type: 'list' }),
        ],
        returns: sent,
      },
    ),
    operation(
      'trash-message',
      'Move a message to the trash',
      'POST /gmail/v1/users/me/messages/{id}/trash',
      {
        fields: [id],
        returns: sent,
      },
    ),
    operation('list-labels', 'List labels', 'GET /gmail/v1/users/me/labels', {
      returns: { labels: [{ id: '', name: '', type: 'user' }] },
    }),
  ],
});
