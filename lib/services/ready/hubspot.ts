import type { ServicePages } from '../schema';
import {
  bearer,
  defineService,
  inBody,
  inPath,
  inQuery,
  json,
  must,
  operation,
} from './define-service';

const kind = inPath('objectType', 'Kind', {
  options: ['contacts', 'companies', 'deals', 'tickets'],
});
const id = inPath('objectId', 'Record', { description: 'The ID of the record.' });
const properties = inBody('properties', 'Properties', {
  ...must,
  type: 'object',
  description: 'Such as {"email":"ada@example.com","firstname":"Ada"}.',
});
const wanted = inQuery('properties', 'Properties', {
  type: 'list',
  style: 'comma',
  description: 'Those to give; without it a few.',
});
const pages: ServicePages = {
  kind: 'cursor',
  items: ['results'],
  field: 'after',
  next: ['paging', 'next', 'after'],
};
const record = { id: '', properties: {}, createdAt: '', updatedAt: '', archived: false };

export default defineService({
  name: 'hubspot',
  title: 'HubSpot',
  description: 'Contacts, companies, deals and tickets of the CRM.',
  aliases: ['crm', 'contact', 'deal', 'lead'],
  docs: 'https://developers.hubspot.com/docs/api-reference',
  serverUrl: 'https://api.hubapi.com',
  auth: [
    bearer(
      ['api.hubapi.com'],
      'The access token of a private app: Settings, Integrations, with the scopes of the CRM.',
    ),
  ],
  operations: [
    operation('search-records', 'Search records', 'POST /crm/v3/objects/{objectType}/search', {
      body: json,
      reads: true,
      pages,
      fields: [
        kind,
        inBody('filterGroups', 'Filters', {
          type: 'list',
          items: 'object',
          description:
            'Such as [{"filters":[{"propertyName":"email","operator":"EQ","value":"ada@example.com"}]}].',
        }),
        inBody('query', 'Words'),
        inBody('properties', 'Properties', { type: 'list' }),
        inBody('sorts', 'Order', { type: 'list', items: 'any' }),
        inBody('limit', 'Per page', {
          type: 'integer',
          fallback: '10',
          description: 'At most 200.',
        }),
        inBody('after', 'Cursor'),
      ],
      returns: { total: 1, results: [record], paging: { next: { after: '' } } },
    }),
    operation('list-records', 'List records', 'GET /crm/v3/objects/{objectType}', {
      pages,
      fields: [
        kind,
        wanted,
        inQuery('limit', 'Per page', {
          type: 'integer',
          fallback: '10',
          description: 'At most 100.',
        }),
        inQuery('archived', 'Archived ones', { type: 'boolean', fallback: 'false' }),
        inQuery('after', 'Cursor'),
      ],
      returns: { results: [record], paging: { next: { after: '' } } },
    }),
    operation('get-record', 'Get a record', 'GET /crm/v3/objects/{objectType}/{objectId}', {
      fields: [
        kind,
        id,
        wanted,
        inQuery('idProperty', 'Found by', {
          description: 'A unique property in place of the ID, such as email.',
        }),
      ],
      returns: record,
    }),
    operation('create-record', 'Create a record', 'POST /crm/v3/objects/{objectType}', {
      body: json,
      fields: [
        kind,
        properties,
        inBody('associations', 'Associations', {
          type: 'list',
          items: 'object',
          description: 'Records that it belongs to, as JSON.',
        }),
      ],
      returns: record,
    }),
    operation('update-record', 'Change a record', 'PATCH /crm/v3/objects/{objectType}/{objectId}', {
      body: json,
      fields: [kind, id, properties, inQuery('idProperty', 'Found by')],
      returns: record,
    }),
    operation(
      'delete-record',
      'Archive a record',
      'DELETE /crm/v3/objects/{objectType}/{objectId}',
      {
        fields: [kind, id],
        returns: '',
      },
    ),
    operation('create-note', 'Create a note', 'POST /crm/v3/objects/notes', {
      body: json,
      fields: [
        inBody('hs_note_body', 'Text', { ...must, at: ['properties', 'hs_note_body'] }),
        inBody('hs_timestamp', 'Time', {
          ...must,
          at: ['properties', 'hs_timestamp'],
          description: 'Such as 2026-05-28T09:00:00Z.',
        }),
        inBody('associations', 'On records', {
          type: 'list',
          items: 'object',
          description:
            'Such as [{"to":{"id":"1"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":202}]}].',
        }),
      ],
      returns: record,
    }),
  ],
});
