import { isRecord, listIn, textsIn } from '@/lib/values/unknown';

/** A schema may refer to itself: so many of its parts are held against a value, and no more. */
const maxSteps = 5_000;
const maxProblems = 5;

/**
 * What does not fit a JSON schema that somebody else wrote, in the words of a model's error. Looks at types, required
 * fields, choices and bounds within a budget, and never runs a pattern: the server checks for itself.
 */
export function schemaMisfits(schema: Record<string, unknown>, value: unknown): string[] {
  const check: Check = { root: schema, steps: 0, problems: [], written: new Map() };
  look(check, schema, value, '');
  return check.problems.slice(0, maxProblems);
}

type Check = {
  root: Record<string, unknown>;
  steps: number;
  problems: string[];
  /** Lists of choices as JSON, each written once. */
  written: Map<readonly unknown[], Set<string>>;
};

/** What is looked through in one go costs as much as a step from this length on. */
const perStep = 100;
/** A reference that is longer leads nowhere. */
const longestRef = 300;

function look(check: Check, given: unknown, value: unknown, path: string): void {
  check.steps += 1;
  if (check.steps > maxSteps || check.problems.length >= maxProblems) return;
  const say = (what: string) =>
    check.problems.push(path === '' ? `It ${what}` : `"${path}" ${what}`);
  if (given === false) say('is not a field of it.');
  const schema = resolved(check, given);
  if (schema === undefined) return;
  const types = typeof schema.type === 'string' ? [schema.type] : textsIn(schema.type);
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) {
    say(`has to be ${types.join(' or ')}.`);
    return;
  }
  if ('const' in schema || listIn(schema.enum).length > 0) lookAtChoices(check, schema, value, say);
  if (isRecord(value)) lookAtFields(check, schema, value, path);
  if (Array.isArray(value) && schema.items !== undefined) {
    value.forEach((item, index) => {
      look(check, schema.items, item, `${path}[${index}]`);
    });
  }
  for (const part of listIn(schema.allOf)) look(check, part, value, path);
  const anyOf = listIn(schema.anyOf ?? schema.oneOf);
  if (anyOf.length > 0 && !anyOf.some((part) => fits(check, part, value, path)))
    say('fits none of its forms.');
  const bound = boundProblem(schema, value);
  if (bound !== undefined) say(bound);
}

/** Lists of choices may be long, and so may each of them: both are paid for. */
function lookAtChoices(
  check: Check,
  schema: Record<string, unknown>,
  value: unknown,
  say: (what: string) => void,
): void {
  const choices = 'const' in schema ? [schema.const] : listIn(schema.enum);
  // A list that stands in the schema is the same each time; one of a single value is made here.
  const texts = check.written.get(choices) ?? new Set(choices.map((one) => JSON.stringify(one)));
  if (!check.written.has(choices)) {
    const size = [...texts].reduce((sum, text) => sum + text.length, 0);
    check.steps += Math.ceil(size / (10 * perStep));
    if (!('const' in schema)) check.written.set(choices, texts);
  }
  const text = JSON.stringify(value) ?? 'null';
  check.steps += Math.floor(text.length / (10 * perStep));
  if (check.steps > maxSteps || texts.has(text)) return;
  let shown = '';
  for (const one of texts) {
    if (shown.length > 300) break;
    shown += `${shown === '' ? '' : ','}${one.slice(0, 60)}`;
  }
  say(`has to be one of: ${shown.slice(0, 300)}.`);
}

function fits(check: Check, part: unknown, value: unknown, path: string): boolean {
  const own: Check = { ...check, problems: [] };
  look(own, part, value, path);
  check.steps = own.steps;
  return own.problems.length === 0;
}

function lookAtFields(
  check: Check,
  schema: Record<string, unknown>,
  value: Record<string, unknown>,
  path: string,
): void {
  const inner = (name: string) => (path === '' ? name : `${path}.${name}`);
  const fields = isRecord(schema.properties) ? schema.properties : {};
  const required = textsIn(schema.required);
  check.steps += Math.floor(required.length / perStep);
  for (const name of required) {
    if (!Object.hasOwn(value, name)) check.problems.push(`"${inner(name)}" is missing.`);
  }
  const open = schema.patternProperties !== undefined;
  for (const [name, field] of Object.entries(value)) {
    if (Object.hasOwn(fields, name)) look(check, fields[name], field, inner(name));
    else if (!open && schema.additionalProperties !== undefined)
      look(check, schema.additionalProperties, field, inner(name));
  }
}

/** A part of the same document where it refers to one; undefined where anything fits. */
function resolved({ root }: Check, given: unknown): Record<string, unknown> | undefined {
  let schema = given;
  for (let count = 0; count < 20; count += 1) {
    if (!isRecord(schema)) return undefined;
    const { $ref } = schema;
    if (typeof $ref !== 'string') return schema;
    if ($ref.length > longestRef) return undefined;
    const steps = $ref.replace(/^#\/?/, '').split('/').filter(Boolean);
    schema = steps.reduce<unknown>((inner, step) => {
      const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
      return isRecord(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined;
    }, root);
  }
  return undefined;
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'object':
      return isRecord(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'null':
      return value === null;
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type;
    default:
      return true;
  }
}

const bounds = [
  {
    of: 'minimum',
    what: 'number',
    fits: (size: number, most: number) => size >= most,
    says: 'at least',
  },
  {
    of: 'maximum',
    what: 'number',
    fits: (size: number, most: number) => size <= most,
    says: 'at most',
  },
  {
    of: 'minLength',
    what: 'text',
    fits: (size: number, most: number) => size >= most,
    says: 'at least',
  },
  {
    of: 'maxLength',
    what: 'text',
    fits: (size: number, most: number) => size <= most,
    says: 'at most',
  },
  {
    of: 'minItems',
    what: 'list',
    fits: (size: number, most: number) => size >= most,
    says: 'at least',
  },
  {
    of: 'maxItems',
    what: 'list',
    fits: (size: number, most: number) => size <= most,
    says: 'at most',
  },
] as const;
const units = { number: '', text: ' characters', list: ' items' } as const;

function boundProblem(schema: Record<string, unknown>, value: unknown): string | undefined {
  const [what, size] =
    typeof value === 'number'
      ? (['number', value] as const)
      : typeof value === 'string'
        ? (['text', value.length] as const)
        : Array.isArray(value)
          ? (['list', value.length] as const)
          : ([undefined, 0] as const);
  for (const bound of bounds) {
    const most = schema[bound.of];
    if (bound.what !== what || typeof most !== 'number' || bound.fits(size, most)) continue;
    return `has to be ${bound.says} ${most}${units[what]}.`;
  }
  return undefined;
}
