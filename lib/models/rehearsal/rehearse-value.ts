import { StepError } from '@/lib/nodes/node-type/define-node';
import { at, isRecord, listIn, textsIn } from '@/lib/values/unknown';
import type { Facts } from './facts';

type Schema = Record<string, unknown>;
type Build = {
  root: Schema;
  facts: Facts;
  random: () => number;
  taken: number;
  depth: number;
  /** Counted over all levels: a schema can ask for more than anybody reads. */
  made: { values: number; characters: number };
};

const limits = { values: 3_000, characters: 200_000, depth: 100 } as const;

function pay(state: Build, characters: number): void {
  state.made.values += 1;
  state.made.characters += characters;
  if (state.made.values <= limits.values && state.made.characters <= limits.characters) return;
  throw new StepError(
    'output_schema',
    'The output format asks for more than a rehearsal can make: lower its minimum lengths and item counts.',
  );
}

/**
 * A value that fits a JSON schema, made of what the prompt says: a field takes the value of the same name in the
 * prompt where its type fits, texts take the prompt's facts, and the rest is drawn from `random`. Knows types,
 * enums, const, default, bounds, formats, unions and local references; a `pattern` is not tried. Throws `StepError`
 * `output_schema` for a schema that asks for too much.
 */
export function rehearseValue(schema: Schema, facts: Facts, random: () => number): unknown {
  return build(schema, '', {
    root: schema,
    facts,
    random,
    taken: 0,
    depth: 0,
    made: { values: 0, characters: 0 },
  });
}

function build(schema: unknown, name: string, state: Build): unknown {
  pay(state, state.depth > limits.depth ? limits.characters + 1 : 0);
  if (!isRecord(schema)) return facts(name, state);
  const given = resolve(schema, state.root);
  if ('const' in given) return fromSchema(given.const, state);
  if (Array.isArray(given.enum)) return fromSchema(choice(given.enum, name, state), state);
  if ('default' in given) return fromSchema(given.default, state);
  const variants = given.anyOf ?? given.oneOf;
  if (Array.isArray(variants)) {
    const real = variants.find((variant) => at(variant, 'type') !== 'null') ?? variants[0];
    const chosen = { ...without(given, ['anyOf', 'oneOf']), ...(isRecord(real) ? real : {}) };
    return build(chosen, name, state);
  }
  if (Array.isArray(given.allOf)) return build(merge(given), name, state);
  switch (typeOf(given)) {
    case 'object':
      return object(given, state);
    case 'array':
      return array(given, name, state);
    case 'integer':
    case 'number':
      return number(given, name, state);
    case 'boolean': {
      const known = state.facts.values.get(name.toLowerCase());
      return typeof known === 'boolean' ? known : state.random() < 0.5;
    }
    case 'null':
      return null;
    default:
      return text(given, name, state);
  }
}

/** What stands in the schema itself; it may be taken many times. */
function fromSchema(value: unknown, state: Build): unknown {
  pay(state, JSON.stringify(value)?.length ?? 0);
  return value;
}

function typeOf(schema: Schema): string {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  const type = types.find((each) => each !== 'null') ?? types[0];
  if (typeof type === 'string') return type;
  if ('properties' in schema) return 'object';
  return 'items' in schema ? 'array' : 'string';
}

function object(schema: Schema, state: Build): unknown {
  const properties = Object.entries(isRecord(schema.properties) ? schema.properties : {});
  const required = textsIn(schema.required);
  // A schema may refer to itself: deep down only what must be there is made.
  const kept = properties.filter(([key]) => state.depth < 6 || required.includes(key));
  const below = { ...state, depth: state.depth + 1 };
  const value: Record<string, unknown> = {};
  for (const [key, property] of kept) {
    value[key] = build(property, key, below);
    state.taken = below.taken;
  }
  for (const key of required) if (!(key in value)) value[key] = facts(key, state);
  return value;
}

function array(schema: Schema, name: string, state: Build): unknown[] {
  const least = typeof schema.minItems === 'number' ? schema.minItems : 0;
  const most = typeof schema.maxItems === 'number' ? schema.maxItems : Math.max(3, least);
  const wanted = Math.min(most, Math.max(least, state.depth < 6 ? 3 : 0));
  const items: unknown[] = [];
  for (let index = 0; index < wanted; index += 1) {
    const below = { ...state, depth: state.depth + 1 };
    const item = build(schema.items ?? { type: 'string' }, name.replace(/s$/, ''), below);
    state.taken = below.taken;
    const needed = items.length < least;
    if (needed || !items.some((other) => JSON.stringify(other) === JSON.stringify(item)))
      items.push(item);
  }
  return items;
}

function number(schema: Schema, name: string, state: Build): number {
  const whole = schema.type === 'integer' || listIn(schema.type).includes('integer');
  const step = typeof schema.multipleOf === 'number' ? schema.multipleOf : whole ? 1 : undefined;
  const smallest = bound(schema.minimum, schema.exclusiveMinimum, step ?? 1e-6);
  const largest = bound(schema.maximum, schema.exclusiveMaximum, -(step ?? 1e-6));
  const known = state.facts.values.get(name.toLowerCase());
  if (
    typeof known === 'number' &&
    known >= (smallest ?? -Infinity) &&
    known <= (largest ?? Infinity) &&
    fits(known, step)
  ) {
    return known;
  }
  const least = smallest ?? Math.min(0, largest ?? 0);
  const most = largest ?? least + 100;
  const drawn = least + state.random() * (most - least);
  if (step === undefined) return Math.min(most, Math.max(least, Math.round(drawn * 100) / 100));
  const stepped = Math.round(drawn / step) * step;
  if (stepped < least) return Math.ceil(least / step) * step;
  return stepped > most ? Math.floor(most / step) * step : stepped;
}

const fits = (value: number, step: number | undefined) => step === undefined || value % step === 0;

function bound(inclusive: unknown, exclusive: unknown, step: number): number | undefined {
  if (typeof exclusive === 'number') return exclusive + step;
  return typeof inclusive === 'number' ? inclusive : undefined;
}

const formats: Readonly<Record<string, string>> = {
  date: '2026-01-01',
  'date-time': '2026-01-01T00:00:00Z',
  time: '12:00:00Z',
  duration: 'P1D',
  email: 'sample@example.com',
  uri: 'https://example.com/sample',
  url: 'https://example.com/sample',
  uuid: '00000000-0000-4000-8000-000000000000',
  ipv4: '192.0.2.1',
  hostname: 'example.com',
};

function text(schema: Schema, name: string, state: Build): string {
  const format = typeof schema.format === 'string' ? formats[schema.format] : undefined;
  if (format !== undefined) return format;
  const least = typeof schema.minLength === 'number' ? schema.minLength : 0;
  const most = typeof schema.maxLength === 'number' ? schema.maxLength : 2_000;
  const made = facts(name, state);
  pay(state, Math.max(made.length, least));
  return (made.length < least ? made.padEnd(least, ' sample') : made).slice(0, most);
}

function facts(name: string, state: Build): string {
  const known = state.facts.values.get(name.toLowerCase());
  if (typeof known === 'string') return known;
  const line = state.facts.lines[state.taken % Math.max(1, state.facts.lines.length)];
  state.taken += 1;
  return line ?? `Sample ${name === '' ? 'answer' : name.replace(/[_-]+/g, ' ')}`;
}

function resolve(schema: Schema, root: Schema): Schema {
  let current = schema;
  for (let hops = 0; typeof current.$ref === 'string' && hops < 16; hops += 1) {
    let target: unknown = root;
    for (const part of current.$ref.replace(/^#\/?/, '').split('/').filter(Boolean)) {
      target = at(target, part.replace(/~1/g, '/').replace(/~0/g, '~'));
    }
    if (!isRecord(target)) return {};
    current = target;
  }
  return current;
}

function merge(schema: Schema): Schema {
  const merged: Schema = without(schema, ['allOf']);
  const properties: Schema = isRecord(merged.properties) ? { ...merged.properties } : {};
  const required: string[] = textsIn(merged.required);
  for (const part of listIn(schema.allOf).filter(isRecord)) {
    Object.assign(merged, part);
    Object.assign(properties, part.properties);
    required.push(...textsIn(part.required));
  }
  return { ...merged, properties, required };
}

function without(schema: Schema, keys: string[]): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !keys.includes(key)));
}

/**
 * One of several values: that which the prompt gives the field, else that which it names more often than each other, so
 * that whoever rehearses chooses the branch by what they write; else any.
 */
function choice(list: unknown[], name: string, { facts: found, random }: Build): unknown {
  const known = found.values.get(name.toLowerCase());
  const given = list.find((value) => String(value).toLowerCase() === String(known).toLowerCase());
  if (known !== undefined && given !== undefined) return given;
  const counts = list.map((value) => mentions(found.said, String(value).toLowerCase()));
  const most = Math.max(...counts);
  const likeliest = list.filter((_, at) => counts[at] === most);
  return likeliest.length === 1 ? likeliest[0] : pick(list, random);
}

const mostMentions = 50;

function mentions(text: string, word: string): number {
  if (word === '') return 0;
  let count = 0;
  for (let at = text.indexOf(word); at >= 0 && count < mostMentions; count += 1)
    at = text.indexOf(word, at + word.length);
  return count;
}

function pick(list: unknown[], random: () => number): unknown {
  return list[Math.floor(random() * list.length)];
}
