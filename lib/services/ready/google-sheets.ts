import { defineService, inBody, inPath, inQuery, json, must, operation } from './define-service';
import { googleAuth } from './google-auth';

const sheet = inPath('spreadsheetId', 'Spreadsheet', {
  description: 'The part of its address behind /d/.',
});
const range = inPath('range', 'Range', {
  description: 'Such as Sheet1!A1:D10, or the name of a sheet.',
});
const input = inQuery('valueInputOption', 'Read values as', {
  ...must,
  options: ['USER_ENTERED', 'RAW'],
  description: 'USER_ENTERED: as if typed, so that dates and formulas are understood.',
});
const values = inBody('values', 'Rows', {
  ...must,
  type: 'list',
  items: 'list',
  description: 'A list of rows, each a list of cells, as JSON.',
});
const updated = {
  spreadsheetId: '',
  updatedRange: '',
  updatedRows: 1,
  updatedColumns: 1,
  updatedCells: 1,
};

export default defineService({
  name: 'google-sheets',
  title: 'Google Sheets',
  description: 'Cells and rows of spreadsheets.',
  aliases: ['spreadsheet', 'excel', 'rows'],
  docs: 'https://developers.google.com/workspace/sheets/api/reference/rest',
  serverUrl: 'https://sheets.googleapis.com',
  auth: [googleAuth('sheets.googleapis.com', ['spreadsheets'])],
  operations: [
    operation('read-rows', 'Read rows', 'GET /v4/spreadsheets/{spreadsheetId}/values/{range}', {
      fields: [
        ...[sheet, range],
        inQuery('majorDimension', 'Group by', { options: ['ROWS', 'COLUMNS'], fallback: 'ROWS' }),
        inQuery('valueRenderOption', 'Show values as', {
          options: ['FORMATTED_VALUE', 'UNFORMATTED_VALUE', 'FORMULA'],
          fallback: 'FORMATTED_VALUE',
        }),
        inQuery('dateTimeRenderOption', 'Show dates as', {
          options: ['SERIAL_NUMBER', 'FORMATTED_STRING'],
          fallback: 'SERIAL_NUMBER',
        }),
      ],
      returns: { range: 'Sheet1!A1:B2', majorDimension: 'ROWS', values: [['a', 'b']] },
    }),
    operation(
      'append-rows',
      'Append rows',
      'POST /v4/spreadsheets/{spreadsheetId}/values/{range}:append',
      {
        description: 'Behind the last row of the table that the range holds.',
        body: json,
        fields: [
          ...[sheet, range, input, values],
          inQuery('insertDataOption', 'Insert as', {
            options: ['OVERWRITE', 'INSERT_ROWS'],
            fallback: 'OVERWRITE',
          }),
        ],
        returns: { spreadsheetId: '', tableRange: '', updates: updated },
      },
    ),
    operation('update-rows', 'Write cells', 'PUT /v4/spreadsheets/{spreadsheetId}/values/{range}', {
      body: json,
      fields: [sheet, range, input, values],
      returns: updated,
    }),
    operation(
      'clear-rows',
      'Clear cells',
      'POST /v4/spreadsheets/{spreadsheetId}/values/{range}:clear',
      {
        body: json,
        fields: [sheet, range],
        returns: { spreadsheetId: '', clearedRange: '' },
      },
    ),
    operation('get-spreadsheet', 'Get a spreadsheet', 'GET /v4/spreadsheets/{spreadsheetId}', {
      description: 'Its title and its sheets, without their cells.',
      fields: [sheet],
      returns: {
        spreadsheetId: '',
        properties: { title: '' },
        sheets: [{ properties: { sheetId: 0, title: '' } }],
      },
    }),
    operation('create-spreadsheet', 'Create a spreadsheet', 'POST /v4/spreadsheets', {
      body: json,
      fields: [inBody('properties.title', 'Title', { ...must, at: ['properties', 'title'] })],
      returns: { spreadsheetId: '', spreadsheetUrl: '', properties: { title: '' } },
    }),
    operation(
      'batch-update',
      'Change sheets',
      'POST /v4/spreadsheets/{spreadsheetId}:batchUpdate',
      {
        description: 'Adds, deletes and formats sheets, rows and columns.',
        body: json,
        fields: [
          sheet,
          inBody('requests', 'Requests', {
            ...must,
            type: 'list',
            items: 'object',
            description: 'Such as [{"addSheet":{"properties":{"title":"May"}}}].',
          }),
        ],
        returns: { spreadsheetId: '', replies: [{}] },
      },
    ),
  ],
});
