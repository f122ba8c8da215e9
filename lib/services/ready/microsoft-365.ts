import type { ServicePages } from '../schema';
import { defineService, inBody, inPath, inQuery, json, must, operation } from './define-service';

const pages: ServicePages = { kind: 'url', items: ['value'], next: ['@odata.nextLink'] };
const top = inQuery('$top', 'Per page', { type: 'integer' });
const select = inQuery('$select', 'Fields', { type: 'list', style: 'comma' });
const filter = inQuery('$filter', 'Filter', { description: 'Such as isRead eq false.' });
const people = 'Such as [{"emailAddress":{"address":"ada@example.com"}}].';
const team = inPath('team-id', 'Team');
const channel = inPath('channel-id', 'Channel');
const item = inPath('item-id', 'Workbook', { description: 'The ID of the file on OneDrive.' });
const table = inPath('table', 'Table', { description: 'Its name or ID, such as Table1.' });
const mail = { id: '', subject: '', bodyPreview: '', isRead: false, receivedDateTime: '' };
const event = {
  id: '',
  subject: '',
  webLink: '',
  start: { dateTime: '', timeZone: '' },
  end: { dateTime: '', timeZone: '' },
};

export default defineService({
  name: 'microsoft-365',
  title: 'Microsoft 365',
  description: 'Outlook, calendar, Teams, Excel and OneDrive, through Microsoft Graph.',
  aliases: ['outlook', 'teams', 'excel', 'onedrive', 'sharepoint', 'office', 'email', 'calendar'],
  docs: 'https://learn.microsoft.com/en-us/graph/api/overview',
  serverUrl: 'https://graph.microsoft.com/v1.0',
  auth: [
    {
      kind: 'oauth2',
      hosts: ['graph.microsoft.com'],
      help: 'OAuth 2 of Microsoft Entra, with the permissions of the operation, such as Mail.Send.',
      testUrl: 'https://graph.microsoft.com/v1.0/me',
    },
  ],
  operations: [
    operation('send-mail', 'Send an email', 'POST /me/sendMail', {
      group: 'Outlook',
      description: 'Needs Mail.Send.',
      body: json,
      fields: [
        inBody('subject', 'Subject', { ...must, at: ['message', 'subject'] }),
        inBody('content', 'Text', { ...must, at: ['message', 'body', 'content'] }),
        inBody('toRecipients', 'To', {
          ...must,
          type: 'list',
          items: 'object',
          at: ['message', 'toRecipients'],
          description: people,
        }),
        inBody('contentType', 'Format', {
          options: ['Text', 'HTML'],
          at: ['message', 'body', 'contentType'],
        }),
        inBody('ccRecipients', 'Cc', {
          type: 'list',
          items: 'object',
          at: ['message', 'ccRecipients'],
          description: people,
        }),
        inBody('saveToSentItems', 'Keep in Sent Items', { type: 'boolean', fallback: 'true' }),
      ],
      returns: '',
    }),
    operation('list-mail', 'List messages', 'GET /me/messages', {
      group: 'Outlook',
      description: 'Needs Mail.Read.',
      pages,
      fields: [
        filter,
        inQuery('$search', 'Search', { description: 'In quotation marks, such as "invoice".' }),
        inQuery('$orderby', 'Order by'),
        select,
        top,
      ],
      returns: { value: [mail], '@odata.nextLink': '' },
    }),
    operation('update-mail', 'Change a message', 'PATCH /me/messages/{message-id}', {
      group: 'Outlook',
      description: 'Needs Mail.ReadWrite.',
      body: json,
      fields: [
        inPath('message-id', 'Message'),
        inBody('isRead', 'Read', { type: 'boolean' }),
        inBody('categories', 'Categories', { type: 'list' }),
      ],
      returns: mail,
    }),
    operation('list-events', 'List events of a time', 'GET /me/calendarView', {
      group: 'Calendar',
      description: 'Needs Calendars.Read.',
      pages,
      fields: [
        inQuery('startDateTime', 'From', { ...must, description: 'Such as 2026-05-28T00:00:00Z.' }),
        inQuery('endDateTime', 'To', must),
        ...[select, top],
      ],
      returns: { value: [event] },
    }),
    operation('create-event', 'Create an event', 'POST /me/events', {
      group: 'Calendar',
      description: 'Needs Calendars.ReadWrite.',
      body: json,
      fields: [
        inBody('subject', 'Title', must),
        inBody('start', 'Begin', {
          ...must,
          at: ['start', 'dateTime'],
          description: 'Such as 2026-05-28T09:00:00, in the time zone below.',
        }),
        inBody('startZone', 'Time zone of the beginning', {
          ...must,
          at: ['start', 'timeZone'],
          description: 'Such as UTC.',
        }),
        inBody('end', 'End', { ...must, at: ['end', 'dateTime'] }),
        inBody('endZone', 'Time zone of the end', { ...must, at: ['end', 'timeZone'] }),
        inBody('body', 'Text', { at: ['body', 'content'] }),
        inBody('attendees', 'Guests', {
          type: 'list',
          items: 'object',
          description:
            'Such as [{"emailAddress":{"address":"ada@example.com"},"type":"required"}].',
        }),
        inBody('location', 'Place', { at: ['location', 'displayName'] }),
        inBody('isOnlineMeeting', 'Teams meeting', { type: 'boolean' }),
      ],
      returns: event,
    }),
    operation('list-teams', 'List teams', 'GET /me/joinedTeams', {
      group: 'Teams',
      description: 'Needs Team.ReadBasic.All.',
      returns: { value: [{ id: '', displayName: '' }] },
    }),
    operation('list-channels', 'List channels of a team', 'GET /teams/{team-id}/channels', {
      group: 'Teams',
      description: 'Needs Channel.ReadBasic.All.',
      fields: [team],
      returns: { value: [{ id: '', displayName: '' }] },
    }),
    operation(
      'send-channel-message',
      'Send a message to a channel',
      'POST /teams/{team-id}/channels/{channel-id}/messages',
      {
        group: 'Teams',
        description: 'Needs ChannelMessage.Send of a person, not of an app.',
        body: json,
        fields: [
          ...[team, channel],
          inBody('content', 'Text', { ...must, at: ['body', 'content'] }),
          inBody('contentType', 'Format', {
            options: ['text', 'html'],
            at: ['body', 'contentType'],
          }),
        ],
        returns: { id: '', webUrl: '' },
      },
    ),
    operation(
      'read-table',
      'Read rows of an Excel table',
      'GET /me/drive/items/{item-id}/workbook/tables/{table}/rows',
      {
        group: 'Excel',
        description: 'Needs Files.ReadWrite.',
        fields: [item, table, top, inQuery('$skip', 'Skip', { type: 'integer' })],
        returns: { value: [{ index: 0, values: [['a', 'b']] }] },
      },
    ),
    operation(
      'append-rows',
      'Append rows to an Excel table',
      'POST /me/drive/items/{item-id}/workbook/tables/{table}/rows',
      {
        group: 'Excel',
        description: 'Needs Files.ReadWrite.',
        body: json,
        fields: [
          item,
          table,
          inBody('values', 'Rows', {
            ...must,
            type: 'list',
            items: 'list',
            description: 'A list of rows, each a list of cells, as JSON.',
          }),
        ],
        returns: { index: 0, values: [['a', 'b']] },
      },
    ),
    operation('list-files', 'List files of a folder', 'GET /me/drive/items/{item-id}/children', {
      group: 'OneDrive',
      description: 'Needs Files.Read. The folder root is the top one.',
      pages,
      fields: [inPath('item-id', 'Folder', { description: 'Its ID, or root.' }), select, top],
      returns: { value: [{ id: '', name: '', size: 0, webUrl: '' }] },
    }),
  ],
});
