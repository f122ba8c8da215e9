import { isRecord, objectIn, textsIn } from '@/lib/values/unknown';
import type { Operation, ServiceField } from '../schema';
import { bodyFields } from './fields';
import type { Resolve } from './references';
import { type Path, shapeOf } from './shapes';

type Part = Readonly<Record<string, unknown>>;
type Body = { body?: Operation['body']; fields: ServiceField[]; unsupported?: string };

const isJson = (mediaType: string) => /[/+]json\b/i.test(mediaType) || mediaType === '*/*';
const kinds = [
  { kind: 'json', fits: isJson },
  { kind: 'form', fits: (type: string) => /^application\/x-www-form-urlencoded/i.test(type) },
  { kind: 'multipart', fits: (type: string) => /^multipart\/form-data/i.test(type) },
  { kind: 'text', fits: (type: string) => /^(?:text\/|application\/(?:xml|graphql))/i.test(type) },
] as const;

/** The body of an operation of OpenAPI 3: of several media types, the one that a form serves best. */
export function bodyOf(given: unknown, resolve: Resolve, path: Path): Body {
  const request = resolve(given, path);
  if (request === undefined) return { fields: [] };
  const content = isRecord(request.content) ? request.content : {};
  const required = request.required === true;
  for (const { kind, fits } of kinds) {
    const found = Object.entries(content).find(([type]) => fits(type));
    if (found === undefined) continue;
    const [mediaType, media] = found;
    const schema = objectIn(media)?.schema ?? {};
    const here = [...path, 'content', mediaType, 'schema'];
    return made({ kind, mediaType, schema, required, resolve, path: here });
  }
  const [only] = Object.keys(content);
  if (only === undefined) return { fields: [] };
  return required
    ? {
        fields: [],
        unsupported: `It takes a file (${only.slice(0, 80)}), which a step cannot send yet.`,
      }
    : { fields: [] };
}

/** The body of an operation of Swagger 2.0, which stands among its parameters. */
export function oldBodyOf(
  parameters: readonly Part[],
  consumes: unknown,
  resolve: Resolve,
  path: Path,
): Body {
  const whole = parameters.find((one) => one.in === 'body');
  if (whole) {
    const required = whole.required === true;
    const { schema = {} } = whole;
    return made({ kind: 'json', mediaType: 'application/json', schema, required, resolve, path });
  }
  const form = parameters.filter((one) => one.in === 'formData');
  if (form.length === 0) return { fields: [] };
  const kind = textsIn(consumes).some((type) => type.startsWith('multipart/'))
    ? 'multipart'
    : 'form';
  const needed = form.filter((one) => one.required === true).map((one) => one.name);
  const properties = Object.fromEntries(form.map((one) => [String(one.name), one]));
  const schema = { type: 'object', properties, required: needed };
  return made({ kind, schema, required: needed.length > 0, resolve, path });
}

type Given = {
  kind: 'json' | 'form' | 'multipart' | 'text';
  mediaType?: string;
  schema: unknown;
  required: boolean;
  resolve: Resolve;
  path: Path;
};

function made({ kind, mediaType, schema, required, resolve, path }: Given): Body {
  const plain = mediaType === undefined || mediaType === 'application/json' || mediaType === '*/*';
  const body: Operation['body'] = {
    kind,
    ...(plain || kind === 'form' || kind === 'multipart'
      ? {}
      : { mediaType: mediaType.slice(0, 100) }),
    ...(required ? { required: true } : {}),
  };
  if (kind === 'text') {
    const whole: ServiceField = {
      key: 'body',
      name: 'body',
      in: 'body',
      at: [],
      type: 'text',
      title: 'Body',
    };
    return { body, fields: [{ ...whole, ...(required ? { required: true } : {}) }] };
  }
  const fields = bodyFields(schema, required, resolve, path);
  if (kind !== 'multipart') return { body, fields };
  const files = shapeOf(schema, resolve, path).properties.filter(([name, given]) => {
    const { schema: part } = shapeOf(given, resolve, [...path, 'properties', name]);
    return part.format === 'binary' || part.type === 'file' || part.contentMediaType !== undefined;
  });
  const names = new Set(files.map(([name]) => name));
  const left = fields.filter(({ name }) => !names.has(name));
  const needed = fields.find(({ name, required: must }) => must && names.has(name));
  return {
    body,
    fields: left,
    ...(needed
      ? { unsupported: `It takes the file "${needed.name}", which a step cannot send yet.` }
      : {}),
  };
}
