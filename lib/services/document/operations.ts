import { isRecord, listIn, objectIn, textIn, textsIn } from '@/lib/values/unknown';
import { maxOperations, type Operation, type ServiceField } from '../schema';
import { bodyOf, oldBodyOf } from './bodies';
import { DocumentError } from './document-error';
import { inOrder, parameterField } from './fields';
import type { Resolve } from './references';
import { sampleOf } from './samples';
import { absoluteServer } from './servers';
import type { Path } from './shapes';
import { shortText } from './texts';

type Part = Readonly<Record<string, unknown>>;

const verbs = {
  get: 'GET',
  post: 'POST',
  put: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
  head: 'HEAD',
  options: 'OPTIONS',
} as const;
const isVerb = (word: string): word is keyof typeof verbs => Object.hasOwn(verbs, word);

type Around = { resolve: Resolve; old: boolean; documentUrl: string | undefined; document: Part };

/** Every operation of a document, in its order. Throws `DocumentError` for none, for too many, and for broken parts. */
export function operationsOf(around: Around): Operation[] {
  const { document, resolve } = around;
  const paths = isRecord(document.paths) ? document.paths : {};
  const found: Operation[] = [];
  const ids = new Set<string>();
  for (const [path, given] of Object.entries(paths)) {
    const item = resolve(given, ['paths', path]);
    if (item === undefined || !path.startsWith('/')) continue;
    for (const [verb, operation] of Object.entries(item)) {
      if (!isVerb(verb) || !isRecord(operation)) continue;
      if (found.length >= maxOperations) {
        throw new DocumentError(
          `The document has more than ${maxOperations} operations. Split it, and add the parts that you need.`,
        );
      }
      const id = freeId(operation, verbs[verb], path, ids);
      found.push(operationOf({ path, verb, id, item, operation }, around));
    }
  }
  if (found.length === 0) {
    throw new DocumentError('The document has no operations: there is nothing under "paths".');
  }
  return found;
}

type Given = { path: string; verb: keyof typeof verbs; id: string; item: Part; operation: Part };

function operationOf(given: Given, { resolve, old, document, documentUrl }: Around): Operation {
  const { path, verb, id, item, operation } = given;
  const here: Path = ['paths', path, verb];
  const parameters = parametersOf(item, operation, resolve, here, path);
  const fields = parameters.flatMap((one, index): ServiceField[] => {
    const field = parameterField(one, resolve, [...here, 'parameters', index]);
    return field === undefined ? [] : [field];
  });
  const written = pathNames(path);
  const used = fields.filter((field) => field.in !== 'path' || written.includes(field.name));
  const missing = written.filter(
    (name) => !used.some((field) => field.in === 'path' && field.name === name),
  );
  const changes = verb !== 'get' && verb !== 'head' && verb !== 'options';
  const body = !changes
    ? { fields: [] }
    : old
      ? oldBodyOf(parameters, operation.consumes ?? document.consumes, resolve, here)
      : bodyOf(operation.requestBody, resolve, [...here, 'requestBody']);
  const server = absoluteServer(
    objectIn(listIn(operation.servers ?? item.servers)[0]),
    documentUrl,
  );
  const description = shortText(operation.description, 500);
  const group = shortText(textsIn(operation.tags)[0], 80);
  const returns = returnsOf(operation, resolve, here);
  return {
    id,
    title: shortText(operation.summary, 120) ?? titleOf(textIn(operation.operationId), verb, path),
    ...(description === undefined ? {} : { description }),
    ...(group === undefined ? {} : { group }),
    method: verbs[verb],
    path,
    ...(server === undefined ? {} : { server }),
    ...(operation.deprecated === true ? { deprecated: true } : {}),
    ...(body.unsupported === undefined ? {} : { unsupported: body.unsupported }),
    fields: inOrder([
      ...missing.map(
        (name): ServiceField => ({ key: name, name, in: 'path', type: 'text', required: true }),
      ),
      ...used,
      ...body.fields,
    ]),
    ...('body' in body && body.body !== undefined ? { body: body.body } : {}),
    ...(returns === undefined ? {} : { returns }),
  };
}

/** Those of the path, unless the operation has its own of the same name and place. */
function parametersOf(
  item: Part,
  operation: Part,
  resolve: Resolve,
  here: Path,
  path: string,
): Part[] {
  const read = (list: unknown, at: Path): Part[] =>
    listIn(list).flatMap((one, index): Part[] => {
      const found = resolve(one, [...at, index]);
      return found === undefined ? [] : [found];
    });
  const own = read(operation.parameters, [...here, 'parameters']);
  const shared = read(item.parameters, ['paths', path, 'parameters']);
  const same = (a: Part, b: Part) => a.name === b.name && a.in === b.in;
  return [...shared.filter((one) => !own.some((other) => same(one, other))), ...own];
}

export const pathNames = (path: string): string[] =>
  [...path.matchAll(/\{([^{}]{1,200})\}/g)].map(([, name = '']) => name);

/** A sample of the first answer that means success. What it refers to may be missing: a sample is no promise. */
function returnsOf(operation: Part, resolve: Resolve, here: Path): unknown {
  try {
    const responses = isRecord(operation.responses) ? operation.responses : {};
    const code = Object.keys(responses).find((one) => /^2(?:\d\d|XX)$/i.test(one)) ?? 'default';
    const path = [...here, 'responses', code];
    const response = resolve(responses[code], path);
    const media = Object.entries(isRecord(response?.content) ? response.content : {}).find(
      ([type]) => /[/+]json\b/i.test(type),
    );
    const schema = objectIn(media?.[1])?.schema ?? response?.schema;
    return schema === undefined ? undefined : sampleOf(schema, resolve, path);
  } catch (error) {
    if (DocumentError.isInstance(error)) return undefined;
    throw error;
  }
}

/** Steps name operations by id: as the document does, in letters that fit everywhere. */
function freeId(operation: Part, method: string, path: string, taken: Set<string>): string {
  const written =
    textIn(operation.operationId) ?? `${method.toLowerCase()} ${path.replaceAll(/[{}]/g, '')}`;
  const base =
    written
      .replace(/[^A-Za-z0-9_.]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 100) || 'operation';
  let id = base;
  for (let count = 2; taken.has(id); count += 1) id = `${base}-${count}`;
  taken.add(id);
  return id;
}

function titleOf(operationId: string | undefined, verb: string, path: string): string {
  if (operationId === undefined) return `${verb.toUpperCase()} ${path}`.slice(0, 120);
  const words = operationId
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase();
  return (
    (words.charAt(0).toUpperCase() + words.slice(1)).slice(0, 120) ||
    `${verb.toUpperCase()} ${path}`
  );
}
