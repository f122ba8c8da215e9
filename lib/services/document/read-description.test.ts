import { describe, expect, it } from 'vitest';
import type { Operation } from '../schema';
import { readDescription } from './read-description';

const info = { title: 'Shop', version: '2' };
const servers = [{ url: 'https://api.example.com/v1/' }];
const ok = { responses: { 200: { description: 'fine' } } };

function read(document: unknown, more: object = {}) {
  const found = readDescription({ document, ...more });
  if (!found.ok) throw new Error(found.problem);
  return found.service;
}
function problem(document: unknown): string {
  const found = readDescription({ document });
  return found.ok ? '' : found.problem;
}
function only(document: object): Operation {
  const [operation] = read({ openapi: '3.0.3', info, servers, ...document }).operations;
  if (!operation) throw new Error('no operation');
  return operation;
}

describe('an OpenAPI document', () => {
  it('becomes operations with their fields, required ones first', () => {
    const service = read({
      ...{ openapi: '3.1.0', info, servers, security: [{ key: [] }] },
      paths: {
        '/orders/{id}': {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          post: {
            ...{ operationId: 'updateOrder', summary: 'Change an order', tags: ['Orders'] },
            parameters: [
              { name: 'dry', in: 'query', schema: { type: ['boolean', 'null'] } },
              {
                name: 'tags',
                in: 'query',
                schema: { type: 'array', items: { type: 'integer' } },
                explode: false,
              },
              { name: 'Accept', in: 'header', schema: { type: 'string' } },
            ],
            requestBody: {
              required: true,
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
            },
            responses: {
              200: {
                description: 'fine',
                content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
              },
            },
          },
        },
      },
      components: {
        securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
        schemas: {
          Order: {
            allOf: [{ $ref: '#/components/schemas/Base' }],
            type: 'object',
            required: ['state'],
            properties: {
              state: {
                type: 'string',
                enum: ['new', 'paid'],
                description: 'Where it <b>stands</b>',
              },
              customer: { type: 'object', properties: { name: { type: 'string' } } },
              made: { type: 'string', readOnly: true },
              parent: { $ref: '#/components/schemas/Order' },
            },
          },
          Base: { type: 'object', properties: { note: { type: 'string', default: '-' } } },
        },
      },
    });
    expect(service).toMatchObject({
      title: 'Shop',
      version: '2',
      serverUrl: 'https://api.example.com/v1',
      auth: [{ kind: 'api_key', in: 'header', name: 'X-Key', hosts: ['api.example.com'] }],
    });
    const [operation] = service.operations;
    expect(operation).toMatchObject({
      ...{
        id: 'updateOrder',
        title: 'Change an order',
        group: 'Orders',
        method: 'POST',
        path: '/orders/{id}',
      },
      body: { kind: 'json', required: true },
      returns: { note: '', state: 'new', customer: { name: '' }, made: '' },
    });
    const fields = operation?.fields.map(({ key, in: place, type, required }) => [
      key,
      place,
      type,
      required,
    ]);
    expect(fields).toEqual([
      ['id', 'path', 'integer', true],
      ['state', 'body', 'text', true],
      ['dry', 'query', 'boolean', undefined],
      ['tags', 'query', 'list', undefined],
      ['note', 'body', 'text', undefined],
      ['customer.name', 'body', 'text', undefined],
      ['parent.note', 'body', 'text', undefined],
      ['parent.state', 'body', 'text', undefined],
      ['parent.customer', 'body', 'object', undefined],
      ['parent.parent', 'body', 'object', undefined],
    ]);
    const state = operation?.fields.find(({ key }) => key === 'state');
    expect(state).toMatchObject({ options: ['new', 'paid'], description: 'Where it stands' });
    expect(operation?.fields.find(({ key }) => key === 'tags')).toMatchObject({
      style: 'comma',
      items: 'integer',
    });
  });

  it('is read as Swagger 2.0, too', () => {
    const service = read({
      ...{
        swagger: '2.0',
        info,
        host: 'api.example.com',
        basePath: '/v2',
        schemes: ['http', 'https'],
      },
      securityDefinitions: { login: { type: 'basic' } },
      paths: {
        '/pets': {
          get: {
            parameters: [
              {
                name: 'ids',
                in: 'query',
                type: 'array',
                items: { type: 'string' },
                collectionFormat: 'multi',
              },
            ],
            responses: { 200: { schema: { type: 'array', items: { $ref: '#/definitions/Pet' } } } },
          },
          post: {
            parameters: [
              { name: 'pet', in: 'body', required: true, schema: { $ref: '#/definitions/Pet' } },
            ],
            ...ok,
          },
          put: {
            consumes: ['multipart/form-data'],
            parameters: [
              { name: 'name', in: 'formData', type: 'string', required: true },
              { name: 'photo', in: 'formData', type: 'file' },
            ],
            ...ok,
          },
        },
      },
      definitions: {
        Pet: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
      },
    });
    expect(service).toMatchObject({
      serverUrl: 'https://api.example.com/v2',
      auth: [{ kind: 'basic' }],
    });
    const [get, post, put] = service.operations;
    expect(get).toMatchObject({ id: 'get-pets', title: 'GET /pets', returns: [{ name: '' }] });
    expect(get?.fields).toMatchObject([{ key: 'ids', style: 'repeat' }]);
    expect(post).toMatchObject({
      body: { kind: 'json' },
      fields: [{ key: 'name', in: 'body', required: true }],
    });
    expect(put).toMatchObject({
      body: { kind: 'multipart' },
      fields: [{ key: 'name', required: true }],
    });
    expect(put?.unsupported).toBeUndefined();
  });

  it('is read from YAML, and finds its server by its address', () => {
    const text = 'openapi: 3.0.0\ninfo: {title: Here}\npaths:\n  /a:\n    get: {responses: {}}\n';
    expect(read(text, { url: 'https://docs.example.com/x/openapi.yaml' }).serverUrl).toBe(
      'https://docs.example.com',
    );
    expect(problem(text)).toContain('does not say where the service is');
    expect(read(text, { serverUrl: 'https://a.example.com/b' }).serverUrl).toBe(
      'https://a.example.com/b',
    );
  });

  it('keeps apart what has one name, and names what has none', () => {
    const paths = {
      '/a/{id}': {
        put: {
          operationId: 'x/y z',
          parameters: [{ name: 'id', in: 'query', schema: { type: 'string' } }],
          requestBody: {
            content: { 'application/json': { schema: { properties: { id: { type: 'string' } } } } },
          },
          ...ok,
        },
      },
    };
    const { id, fields } = only({ paths });
    expect(id).toBe('x-y-z');
    expect(fields.map(({ key, in: place }) => [key, place])).toEqual([
      ['id', 'path'],
      ['query.id', 'query'],
      ['body.id', 'body'],
    ]);
  });

  it('takes a body that is no object as one field, and says what it cannot send', () => {
    const body = (content: object) => ({
      paths: { '/a': { post: { requestBody: { required: true, content }, ...ok } } },
    });
    const list = only(
      body({ 'application/json': { schema: { type: 'array', items: { type: 'string' } } } }),
    );
    expect(list.fields).toMatchObject([
      { key: 'body', in: 'body', at: [], type: 'list', required: true },
    ]);
    expect(only(body({ 'application/octet-stream': {} })).unsupported).toContain('takes a file');
  });
});

describe('what cannot be used is refused with its place', () => {
  const at = (get: object, more: object = {}) =>
    problem({ openapi: '3.0.0', info, servers, paths: { '/a': { get } }, ...more });
  it.each<[string, string, string]>([
    ['nothing', '', 'is empty'],
    ['a web page', '<!doctype html>', 'web page'],
    ['broken JSON', '{"openapi": 3,}', 'line 1, column 15'],
    ['broken YAML', 'openapi: "3.0.0\ninfo: [', 'ine 2'],
    ['another thing', '{"a": 1}', 'not an OpenAPI document'],
    ['another version', '{"openapi": "2.5"}', 'OpenAPI 2.5 is not supported'],
    [
      'no operations',
      '{"openapi": "3.0.0", "servers": [{"url": "https://a.example"}], "paths": {}}',
      'no operations',
    ],
    [
      'a bomb of aliases',
      `a: &a [x,x]\n${Array.from({ length: 120 }, (_, i) => `b${i}: *a`).join('\n')}`,
      'aliases',
    ],
  ])('%s', (_, text, expected) => expect(problem(text)).toContain(expected));

  it('references to other documents, to nothing, and in a circle', () => {
    const refer = (reference: string) =>
      at({ parameters: [{ $ref: reference }], ...ok }, { x: { $ref: '#/x' } });
    expect(refer('common.yaml#/Page')).toBe(
      'paths./a.get.parameters[0] refers to another document ("common.yaml#/Page"). Put all parts into one document, and add that.',
    );
    expect(refer('#/gone')).toContain('which is not in the document');
    expect(refer('#/x')).toContain('refers to itself');
  });

  it('too many operations, and too deep a nesting', () => {
    const paths = Object.fromEntries(
      Array.from({ length: 2_001 }, (_, i) => [`/${i}`, { get: ok }]),
    );
    expect(problem({ openapi: '3.0.0', info, servers, paths })).toContain(
      'more than 2000 operations',
    );
    expect(problem(`{"a":${'['.repeat(200)}${']'.repeat(200)}}`)).toContain(
      'nested deeper than 100',
    );
  });
});
