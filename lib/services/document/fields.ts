import { listIn, objectIn, textIn } from '@/lib/values/unknown';
import type { ServiceField } from '../schema';
import type { Resolve } from './references';
import { type Path, type Shape, shapeOf } from './shapes';
import { shortText } from './texts';

type Part = Readonly<Record<string, unknown>>;

/** Levels of a body that become fields of their own; what lies deeper is entered as JSON. */
const maxDepth = 2;
/** Fields of an operation; one with more takes its body as JSON. */
const maxFields = 80;
const maxNameLength = 200;

const maxDescription = 300;

/** Headers that a request gets from elsewhere, and that OpenAPI says to leave out. */
const ownHeaders: ReadonlySet<string> = new Set([
  'accept',
  'content-type',
  'authorization',
  'host',
]);

/** A parameter of OpenAPI 3 or Swagger 2.0 as a field; undefined for those that are not entered. */
export function parameterField(
  parameter: Part,
  resolve: Resolve,
  path: Path,
): ServiceField | undefined {
  const name = textIn(parameter.name)?.toWellFormed();
  const place = parameter.in;
  if (name === undefined || name.length > maxNameLength) return undefined;
  if (place !== 'path' && place !== 'query' && place !== 'header') return undefined;
  if (
    place === 'header' &&
    (ownHeaders.has(name.toLowerCase()) || !/^[\w!#$%&'*+.^`|~-]+$/.test(name))
  ) {
    return undefined;
  }
  const content = Object.entries(objectIn(parameter.content) ?? {})[0]?.[1];
  const given = parameter.schema ?? objectIn(content)?.schema ?? parameter;
  const shape = shapeOf(given, resolve, [...path, 'schema']);
  const style = styleOf(parameter, shape);
  return {
    ...fieldOf(name, shape, resolve, path, parameter.description),
    in: place,
    ...(parameter.required === true || place === 'path' ? { required: true } : {}),
    ...(style === undefined ? {} : { style }),
  };
}

function styleOf(parameter: Part, { type }: Shape): ServiceField['style'] {
  if (type === 'object') return 'deep';
  if (type !== 'list') return undefined;
  const { style, collectionFormat, explode } = parameter;
  if (collectionFormat !== undefined || parameter.schema === undefined) {
    const formats = { multi: 'repeat', ssv: 'space', pipes: 'pipe' } as const;
    const known =
      collectionFormat === 'multi' || collectionFormat === 'ssv' || collectionFormat === 'pipes';
    return known ? formats[collectionFormat] : 'comma';
  }
  if (parameter.in !== 'query') return 'comma';
  if (style === 'spaceDelimited') return 'space';
  if (style === 'pipeDelimited') return 'pipe';
  if (style === 'deepObject') return 'brackets';
  return explode === false ? 'comma' : 'repeat';
}

/**
 * The fields of a body: one for each property, those of an object inside it under their path, as long as there are not too
 * many. A body that is no object is one field.
 */
export function bodyFields(
  schema: unknown,
  required: boolean,
  resolve: Resolve,
  path: Path,
): ServiceField[] {
  const shape = shapeOf(schema, resolve, path);
  const fields = inside(shape, [], resolve, path, true);
  if (fields.length > 0 && fields.length <= maxFields) return fields;
  const flat = fields.length > 0 ? inside(shape, [], resolve, path, true, maxDepth) : [];
  if (flat.length > 0 && flat.length <= maxFields) return flat;
  return [
    {
      ...fieldOf('body', shape, resolve, path, undefined),
      ...{ key: 'body', in: 'body', at: [], title: 'Body' },
      ...(required ? { required: true } : {}),
    },
  ];
}

function inside(
  { properties, required }: Shape,
  above: string[],
  resolve: Resolve,
  path: Path,
  needed: boolean,
  depth = above.length + 1,
): ServiceField[] {
  return properties.flatMap(([name, given]): ServiceField[] => {
    if (name.length > maxNameLength || name === '__proto__') return [];
    const here = [...path, 'properties', name];
    const shape = shapeOf(given, resolve, here);
    if (shape.schema.readOnly === true) return [];
    const at = [...above, name];
    const must = needed && required.includes(name);
    if (shape.type === 'object' && shape.properties.length > 0 && depth < maxDepth) {
      const below = inside(shape, at, resolve, here, must, depth + 1);
      if (below.length > 0 && below.length <= 12) return below;
    }
    return [
      {
        ...fieldOf(at.join('.'), shape, resolve, here, undefined),
        in: 'body',
        ...(above.length === 0 ? {} : { at }),
        ...(must ? { required: true } : {}),
      },
    ];
  });
}

function fieldOf(
  name: string,
  shape: Shape,
  resolve: Resolve,
  path: Path,
  description: unknown,
): Omit<ServiceField, 'in'> {
  const { type, schema, options } = shape;
  const said = shortText(description ?? schema.description, maxDescription);
  const items =
    type === 'list' && schema.items !== undefined
      ? shapeOf(schema.items, resolve, [...path, 'items'])
      : undefined;
  const fallback = schema.default;
  const plain = ['string', 'number', 'boolean'].includes(typeof fallback);
  return {
    key: name.toWellFormed(),
    name: name.toWellFormed(),
    type,
    ...(said === undefined ? {} : { description: said }),
    ...(items === undefined || items.type === 'text' ? {} : { items: items.type }),
    ...(options.length > 0 ? { options } : {}),
    ...(plain && String(fallback).length <= 200 ? { fallback: String(fallback) } : {}),
  };
}

/** Keys that no two fields share, required ones first, and no more than can be shown. */
export function inOrder(fields: readonly ServiceField[]): ServiceField[] {
  const keys = new Set<string>();
  const own = fields.map((field) => {
    const wanted = field.key;
    const key = [wanted, `${field.in}.${wanted}`, ...listIn([2, 3, 4].map((n) => `${wanted}-${n}`))]
      .map(String)
      .find((one) => !keys.has(one));
    keys.add(key ?? wanted);
    return { ...field, key: key ?? wanted };
  });
  return [
    ...own.filter(({ required }) => required),
    ...own.filter(({ required }) => !required),
  ].slice(0, 200);
}
