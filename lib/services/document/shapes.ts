import { isRecord, listIn, textIn, textsIn } from '@/lib/values/unknown';
import type { ServiceField } from '../schema';
import type { Resolve } from './references';

type Part = Readonly<Record<string, unknown>>;
export type Path = readonly (string | number)[];

/** What of a schema matters here, with its `allOf` joined and `null` left out. */
export type Shape = {
  type: ServiceField['type'];
  schema: Part;
  properties: [name: string, schema: unknown][];
  required: readonly string[];
  options: string[];
};

const maxAlternatives = 20;
const maxProperties = 500;

/** Reads a schema of OpenAPI 3.0, 3.1 or Swagger 2.0. Looks one level deep, whatever it refers to. */
export function shapeOf(given: unknown, resolve: Resolve, path: Path, depth = 0): Shape {
  const schema = resolve(given, path) ?? {};
  const all = depth > 8 ? [] : listIn(schema.allOf).slice(0, maxAlternatives);
  const parts = all.map((part, index) =>
    shapeOf(part, resolve, [...path, 'allOf', index], depth + 1),
  );
  const own = Object.entries(isRecord(schema.properties) ? schema.properties : {});
  const properties = new Map([...parts.flatMap((part) => part.properties), ...own]);
  const only = alternative(schema, resolve, path, depth);
  const type = typeOf(schema) ?? firstType(parts) ?? only?.type;
  return {
    type: type ?? (properties.size > 0 ? 'object' : 'any'),
    schema: {
      ...only?.schema,
      ...Object.assign({}, ...parts.map((part) => part.schema)),
      ...schema,
    },
    properties: [...(only?.properties ?? []), ...properties].slice(0, maxProperties),
    required: [...parts.flatMap((part) => part.required), ...textsIn(schema.required)],
    options:
      optionsOf(schema) ??
      parts.find((part) => part.options.length > 0)?.options ??
      only?.options ??
      [],
  };
}

/** Of several alternatives, the one that is not `null`; undefined where people have a real choice. */
function alternative(schema: Part, resolve: Resolve, path: Path, depth: number): Shape | undefined {
  const word = schema.oneOf === undefined ? 'anyOf' : 'oneOf';
  const given = listIn(schema[word]);
  if (given.length === 0 || depth > 8) return undefined;
  const shapes = given
    .slice(0, maxAlternatives)
    .map((one, index) => shapeOf(one, resolve, [...path, word, index], depth + 1))
    .filter(({ schema: { type } }) => type !== 'null');
  const [first] = shapes;
  if (first === undefined) return undefined;
  if (shapes.length === 1) return first;
  const same = shapes.every(({ type }) => type === first.type);
  const plain = same && first.type !== 'object' && first.type !== 'list';
  const closed = plain && shapes.every(({ options }) => options.length > 0);
  return {
    type: plain ? first.type : 'any',
    schema: {},
    properties: [],
    required: [],
    options: closed ? shapes.flatMap(({ options }) => options) : [],
  };
}

const firstType = (parts: readonly Shape[]) =>
  parts.find(({ type }) => type !== 'any')?.type ?? parts[0]?.type;

const types: Readonly<Record<string, ServiceField['type']>> = {
  string: 'text',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  array: 'list',
  object: 'object',
  file: 'text',
};

function typeOf(schema: Part): ServiceField['type'] | undefined {
  const named = textIn(schema.type) ?? textsIn(schema.type).filter((type) => type !== 'null');
  if (typeof named === 'string') return types[named];
  if (named.length === 1) return types[named[0] ?? ''];
  return named.length > 1 ? 'any' : undefined;
}

function optionsOf(schema: Part): string[] | undefined {
  if (schema.const !== undefined && schema.const !== null) return [String(schema.const)];
  const options = listIn(schema.enum).filter((each) =>
    ['string', 'number', 'boolean'].includes(typeof each),
  );
  return options.length === 0
    ? undefined
    : options.slice(0, 200).map((each) => String(each).slice(0, 200));
}
