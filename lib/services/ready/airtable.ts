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

const base = inPath('baseId', 'Base', { description: 'Its ID, which begins with app.' });
const table = inPath('tableIdOrName', 'Table', { description: 'Its ID or name.' });
const record = inPath('recordId', 'Record', { description: 'Its ID, which begins with rec.' });
const fields = inBody('fields', 'Fields', {
  ...must,
  type: 'object',
  description: 'Such as {"Name":"Ada","Age":36}.',
});
const typecast = inBody('typecast', 'Convert texts', {
  type: 'boolean',
  fallback: 'false',
  description: 'Numbers, dates and options from texts.',
});
const pages: ServicePages = {
  kind: 'cursor',
  items: ['records'],
  field: 'offset',
  next: ['offset'],
};
const row = { id: 'rec1', createdTime: '', fields: {} };

export default defineService({
  name: 'airtable',
  title: 'Airtable',
  description: 'Records of tables.',
  aliases: ['database', 'table', 'spreadsheet'],
  docs: 'https://airtable.com/developers/web/api',
  serverUrl: 'https://api.airtable.com',
  auth: [
    bearer(
      ['api.airtable.com'],
      'A personal access token with data.records:read and :write: airtable.com/create/tokens.',
      {
        testUrl: 'https://api.airtable.com/v0/meta/whoami',
      },
    ),
  ],
  operations: [
    operation('list-records', 'List records', 'GET /v0/{baseId}/{tableIdOrName}', {
      pages,
      fields: [
        ...[base, table],
        inQuery('filterByFormula', 'Formula', { description: "Such as {Status} = 'Open'." }),
        inQuery('view', 'View'),
        inQuery('fields', 'Fields', { type: 'list', style: 'brackets' }),
        inQuery('sort', 'Order', {
          type: 'list',
          items: 'object',
          style: 'brackets',
          description: 'Such as [{"field":"Name","direction":"asc"}].',
        }),
        inQuery('maxRecords', 'Maximum in all', { type: 'integer' }),
        inQuery('pageSize', 'Per page', { type: 'integer', fallback: '100' }),
        inQuery('offset', 'Offset'),
      ],
      returns: { records: [row], offset: '' },
    }),
    operation('get-record', 'Get a record', 'GET /v0/{baseId}/{tableIdOrName}/{recordId}', {
      fields: [base, table, record],
      returns: row,
    }),
    operation('create-record', 'Create a record', 'POST /v0/{baseId}/{tableIdOrName}', {
      body: json,
      fields: [base, table, fields, typecast],
      returns: row,
    }),
    operation('create-records', 'Create several records', 'POST /v0/{baseId}/{tableIdOrName}', {
      body: json,
      fields: [
        ...[base, table],
        inBody('records', 'Records', {
          ...must,
          type: 'list',
          items: 'object',
          description: 'At most 10, such as [{"fields":{"Name":"Ada"}}].',
        }),
        typecast,
      ],
      returns: { records: [row] },
    }),
    operation('update-record', 'Change a record', 'PATCH /v0/{baseId}/{tableIdOrName}/{recordId}', {
      body: json,
      fields: [base, table, record, fields, typecast],
      returns: row,
    }),
    operation('upsert-records', 'Create or change records', 'PATCH /v0/{baseId}/{tableIdOrName}', {
      body: json,
      fields: [
        ...[base, table],
        inBody('records', 'Records', {
          ...must,
          type: 'list',
          items: 'object',
          description: 'At most 10, such as [{"fields":{"Email":"ada@example.com"}}].',
        }),
        inBody('fieldsToMergeOn', 'Found by fields', {
          ...must,
          type: 'list',
          at: ['performUpsert', 'fieldsToMergeOn'],
        }),
        typecast,
      ],
      returns: { records: [row], createdRecords: [''], updatedRecords: [''] },
    }),
    operation(
      'delete-record',
      'Delete a record',
      'DELETE /v0/{baseId}/{tableIdOrName}/{recordId}',
      {
        fields: [base, table, record],
        returns: { id: 'rec1', deleted: true },
      },
    ),
    operation('list-tables', 'List tables and their fields', 'GET /v0/meta/bases/{baseId}/tables', {
      description: 'Needs the scope schema.bases:read.',
      fields: [base],
      returns: { tables: [{ id: '', name: '', fields: [{ id: '', name: '', type: '' }] }] },
    }),
  ],
});
