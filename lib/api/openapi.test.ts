import { expect, test } from 'vitest';
import { permissions } from '@/lib/people/can';
import { contracts } from './contracts';
import { openApiDocument } from './openapi';

type Json = Record<string, unknown>;
const document = JSON.parse(
  JSON.stringify(openApiDocument(contracts, { url: 'https://x.test', version: '1.2.3' })),
) as Json & { paths: Record<string, Record<string, Json>>; components: { schemas: Json } };

/** All values of a key, wherever it stands. */
function* valuesOf(key: string, value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (name === key) yield inner;
    yield* valuesOf(key, inner);
  }
}

test('every contract is an operation of its own', () => {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => `${method} ${path} ${operation.operationId}`),
  );
  const expected = contracts.map(({ id, method, path }) => `${method.toLowerCase()} ${path} ${id}`);
  expect(operations.sort()).toEqual(expected.sort());
  expect(new Set(contracts.map(({ id }) => id)).size).toBe(contracts.length);
});

test('the document is OpenAPI 3.1 in its parts', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(document.servers).toEqual([{ url: 'https://x.test/api/v2' }]);
  for (const [path, item] of Object.entries(document.paths)) {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
    for (const operation of Object.values(item)) {
      const parameters = (operation.parameters ?? []) as Json[];
      const inPath = parameters.filter((each) => each.in === 'path');
      expect(inPath.map((each) => each.name).sort(), path).toEqual(names);
      expect(inPath.every((each) => each.required === true)).toBe(true);
      expect(parameters.every((each) => each.schema !== undefined)).toBe(true);
      const responses = operation.responses as Record<string, Json>;
      expect(Object.keys(responses).some((status) => /^2\d\d$/.test(status))).toBe(true);
      expect(JSON.stringify(responses.default)).toContain('#/components/schemas/Error');
    }
  }
});

test('every reference leads somewhere', () => {
  const references = [...valuesOf('$ref', document)] as string[];
  expect(references.length).toBeGreaterThan(contracts.length);
  for (const reference of references) {
    const found = reference
      .replace(/^#\//, '')
      .split('/')
      .reduce<unknown>((value, part) => (value as Json | undefined)?.[part], document);
    expect(found, reference).toBeDefined();
  }
});

test('every access is a known one', () => {
  const known = new Set<string>([...permissions, 'signed-in', 'anyone']);
  expect(contracts.filter(({ permission }) => !known.has(permission))).toEqual([]);
});

test('paths with the same parameter place have the same parameter name, as routes in folders must', () => {
  const shapes = new Map<string, string>();
  for (const { path } of contracts) {
    const folders = path.split('/');
    folders.forEach((folder, index) => {
      if (!folder.startsWith('{')) return;
      const shape = folders
        .slice(0, index)
        .join('/')
        .replace(/\{\w+\}/g, '{}');
      expect(shapes.get(shape) ?? folder, path).toBe(folder);
      shapes.set(shape, folder);
    });
  }
});
