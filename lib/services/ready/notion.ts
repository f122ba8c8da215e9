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

const headers = { 'notion-version': '2025-09-03' };
const pages: ServicePages = {
  ...{
    kind: 'cursor',
    items: ['results'],
    field: 'start_cursor',
    next: ['next_cursor'],
    more: ['has_more'],
  },
};
const size = { type: 'integer', fallback: '100', description: 'At most 100.' } as const;
const properties = inBody('properties', 'Properties', {
  type: 'object',
  description: 'Such as {"Name":{"title":[{"text":{"content":"Hello"}}]}}.',
});
const children = inBody('children', 'Blocks', {
  type: 'list',
  items: 'object',
  description: 'Such as [{"paragraph":{"rich_text":[{"text":{"content":"Hello"}}]}}]; at most 100.',
});
const page = { object: 'page', id: '', url: '', properties: {}, in_trash: false };

export default defineService({
  name: 'notion',
  title: 'Notion',
  description: 'Pages, blocks and data sources (tables) of a Notion workspace.',
  aliases: ['wiki', 'database', 'page', 'note'],
  docs: 'https://developers.notion.com/reference',
  serverUrl: 'https://api.notion.com',
  auth: [
    bearer(
      ['api.notion.com'],
      'The secret of an integration: notion.so/profile/integrations. Share the pages with it.',
      {
        testUrl: 'https://api.notion.com/v1/users/me',
      },
    ),
  ],
  operations: [
    operation('search', 'Search pages and data sources', 'POST /v1/search', {
      body: json,
      headers,
      reads: true,
      pages,
      fields: [
        inBody('query', 'Title', { description: 'Words of the title; empty: all that is shared.' }),
        inBody('filter', 'Only', {
          type: 'object',
          description: 'Such as {"property":"object","value":"page"}.',
        }),
        inBody('sort', 'Order', {
          type: 'object',
          description: 'Such as {"timestamp":"last_edited_time","direction":"descending"}.',
        }),
        inBody('page_size', 'Per page', size),
        inBody('start_cursor', 'Cursor'),
      ],
      returns: { results: [page], has_more: false, next_cursor: null },
    }),
    operation(
      'query-data-source',
      'Query a data source',
      'POST /v1/data_sources/{data_source_id}/query',
      {
        description: 'The rows of a table. The data source stands in the menu of the database.',
        body: json,
        headers,
        reads: true,
        pages,
        fields: [
          inPath('data_source_id', 'Data source'),
          inBody('filter', 'Filter', {
            type: 'object',
            description: 'Such as {"property":"Done","checkbox":{"equals":true}}.',
          }),
          inBody('sorts', 'Order', {
            type: 'list',
            items: 'object',
            description: 'Such as [{"property":"Due","direction":"ascending"}].',
          }),
          inBody('page_size', 'Per page', size),
          inBody('start_cursor', 'Cursor'),
        ],
        returns: { results: [page], has_more: false, next_cursor: null },
      },
    ),
    operation('create-row', 'Add a page to a data source', 'POST /v1/pages', {
      body: json,
      headers,
      fields: [
        inBody('parent.data_source_id', 'Data source', {
          ...must,
          at: ['parent', 'data_source_id'],
        }),
        { ...properties, ...must },
        children,
      ],
      returns: page,
    }),
    operation('create-page', 'Create a page below a page', 'POST /v1/pages', {
      body: json,
      headers,
      fields: [
        inBody('parent.page_id', 'Page above', { ...must, at: ['parent', 'page_id'] }),
        {
          ...properties,
          ...must,
          description: 'Such as {"title":[{"text":{"content":"Hello"}}]}.',
        },
        children,
      ],
      returns: page,
    }),
    operation('get-page', 'Get a page', 'GET /v1/pages/{page_id}', {
      headers,
      fields: [inPath('page_id', 'Page')],
      returns: page,
    }),
    operation('update-page', 'Change a page', 'PATCH /v1/pages/{page_id}', {
      body: json,
      headers,
      fields: [
        inPath('page_id', 'Page'),
        properties,
        inBody('in_trash', 'In the trash', { type: 'boolean' }),
      ],
      returns: page,
    }),
    operation('get-blocks', 'Read the blocks of a page', 'GET /v1/blocks/{block_id}/children', {
      headers,
      pages,
      fields: [
        inPath('block_id', 'Page or block'),
        inQuery('page_size', 'Per page', size),
        inQuery('start_cursor', 'Cursor'),
      ],
      returns: {
        results: [{ object: 'block', id: '', type: 'paragraph' }],
        has_more: false,
        next_cursor: null,
      },
    }),
    operation('append-blocks', 'Append blocks to a page', 'PATCH /v1/blocks/{block_id}/children', {
      body: json,
      headers,
      fields: [inPath('block_id', 'Page or block'), { ...children, ...must }],
      returns: { results: [{ object: 'block', id: '' }] },
    }),
    operation('create-comment', 'Comment on a page', 'POST /v1/comments', {
      body: json,
      headers,
      fields: [
        inBody('parent.page_id', 'Page', { ...must, at: ['parent', 'page_id'] }),
        inBody('rich_text', 'Text', {
          ...must,
          type: 'list',
          items: 'object',
          description: 'Such as [{"text":{"content":"Hello"}}].',
        }),
      ],
      returns: { object: 'comment', id: '' },
    }),
  ],
});
