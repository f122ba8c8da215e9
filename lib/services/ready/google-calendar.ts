import type { ServicePages } from '../schema';
import { defineService, inBody, inPath, inQuery, json, must, operation } from './define-service';
import { googleAuth } from './google-auth';

const calendar = inPath('calendarId', 'Calendar', {
  description: 'primary, or the ID of a calendar.',
});
const event = inPath('eventId', 'Event', { description: 'The ID of the event.' });
const notify = inQuery('sendUpdates', 'Tell guests', { options: ['all', 'externalOnly', 'none'] });
const details = (needed: object) => [
  inBody('summary', 'Title'),
  inBody('start.dateTime', 'Begin', {
    ...needed,
    at: ['start', 'dateTime'],
    description: 'Such as 2026-05-28T09:00:00+02:00.',
  }),
  inBody('end.dateTime', 'End', {
    ...needed,
    at: ['end', 'dateTime'],
    description: 'Such as 2026-05-28T10:00:00+02:00.',
  }),
  inBody('start.timeZone', 'Time zone of the beginning', {
    at: ['start', 'timeZone'],
    description: 'Such as Europe/Berlin.',
  }),
  inBody('end.timeZone', 'Time zone of the end', { at: ['end', 'timeZone'] }),
  inBody('description', 'Description'),
  inBody('location', 'Place'),
  inBody('attendees', 'Guests', {
    type: 'list',
    items: 'object',
    description: 'Such as [{"email":"ada@example.com"}].',
  }),
  inBody('recurrence', 'Repeats', {
    type: 'list',
    description: 'Such as ["RRULE:FREQ=WEEKLY;COUNT=4"].',
  }),
  notify,
];
const pages: ServicePages = {
  kind: 'cursor',
  items: ['items'],
  field: 'pageToken',
  next: ['nextPageToken'],
};
const made = {
  id: '',
  status: 'confirmed',
  htmlLink: '',
  summary: '',
  start: { dateTime: '' },
  end: { dateTime: '' },
};

export default defineService({
  name: 'google-calendar',
  title: 'Google Calendar',
  description: 'Events, calendars and free times.',
  aliases: ['event', 'appointment', 'meeting'],
  docs: 'https://developers.google.com/workspace/calendar/api/v3/reference',
  serverUrl: 'https://www.googleapis.com',
  auth: [googleAuth('www.googleapis.com', ['calendar', 'calendar.events'])],
  operations: [
    operation('list-events', 'List events', 'GET /calendar/v3/calendars/{calendarId}/events', {
      pages,
      fields: [
        calendar,
        inQuery('timeMin', 'Ends after', { description: 'Such as 2026-05-28T00:00:00Z.' }),
        inQuery('timeMax', 'Begins before', { description: 'Such as 2026-05-29T00:00:00Z.' }),
        inQuery('q', 'Search'),
        inQuery('singleEvents', 'Repeated events one by one', {
          type: 'boolean',
          fallback: 'false',
        }),
        inQuery('orderBy', 'Order by', {
          options: ['startTime', 'updated'],
          description: 'startTime needs single events.',
        }),
        inQuery('maxResults', 'Per page', {
          type: 'integer',
          fallback: '250',
          description: 'At most 2,500.',
        }),
        inQuery('pageToken', 'Page token'),
      ],
      returns: { items: [made], nextPageToken: '' },
    }),
    operation(
      'get-event',
      'Get an event',
      'GET /calendar/v3/calendars/{calendarId}/events/{eventId}',
      {
        fields: [calendar, event],
        returns: made,
      },
    ),
    operation(
      'create-event',
      'Create an event',
      'POST /calendar/v3/calendars/{calendarId}/events',
      {
        body: json,
        fields: [calendar, ...details(must)],
        returns: made,
      },
    ),
    operation(
      'update-event',
      'Change an event',
      'PATCH /calendar/v3/calendars/{calendarId}/events/{eventId}',
      {
        description: 'Only what is given; lists are replaced as a whole.',
        body: json,
        fields: [calendar, event, ...details({})],
        returns: made,
      },
    ),
    operation(
      'delete-event',
      'Delete an event',
      'DELETE /calendar/v3/calendars/{calendarId}/events/{eventId}',
      {
        fields: [calendar, event, notify],
        returns: '',
      },
    ),
    operation('free-times', 'Find out who is busy', 'POST /calendar/v3/freeBusy', {
      body: json,
      reads: true,
      fields: [
        inBody('timeMin', 'From', { ...must, description: 'Such as 2026-05-28T00:00:00Z.' }),
        inBody('timeMax', 'To', must),
        inBody('items', 'Calendars', {
          ...must,
          type: 'list',
          items: 'object',
          description: 'Such as [{"id":"primary"}].',
        }),
        inBody('timeZone', 'Time zone', { fallback: 'UTC' }),
      ],
      returns: { calendars: { primary: { busy: [{ start: '', end: '' }] } } },
    }),
    operation('list-calendars', 'List calendars', 'GET /calendar/v3/users/me/calendarList', {
      pages,
      fields: [
        inQuery('maxResults', 'Per page', { type: 'integer', fallback: '100' }),
        inQuery('pageToken', 'Page token'),
      ],
      returns: { items: [{ id: '', summary: '', primary: true }] },
    }),
  ],
});
