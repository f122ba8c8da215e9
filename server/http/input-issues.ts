import { z } from 'zod';
import { nearNames } from '@/lib/tools/near-name';
import { elementOf, innerOf, optionsOf, shapeOf } from '@/lib/values/zod-parts';

/** A fault of what was sent, with its path from `query` or `body` on. */
export type Issue = { path: string; message: string };

type Path = readonly PropertyKey[];
type Raw = z.core.$ZodIssue;

/** So many fields are listed where one is unknown and none is near. */
const mostListed = 12;

/**
 * Faults of a schema with their paths from `root` on. An unknown field stands on its own and with what was perhaps meant;
 * where several forms are taken, the faults are those of the nearest, or what each of them needs.
 */
export function issuesOf(root: string, error: z.ZodError, schema?: z.ZodType): Issue[] {
  return told(root, error.issues, schema);
}

function told(root: string, issues: readonly Raw[], schema?: z.ZodType): Issue[] {
  return issues.flatMap((issue) => {
    const path = pathOf(root, issue.path);
    if (issue.code === 'unrecognized_keys') {
      const known = schema === undefined ? [] : fieldsAt(schema, issue.path);
      return issue.keys.map((key) => ({
        path: `${path}.${key}`,
        message: `unknown field${meant(key, known)}`,
      }));
    }
    if (issue.code === 'invalid_union' && issue.errors.length > 0)
      return ofForms(path, issue.errors, schema && schemaAt(schema, issue.path));
    return [{ path, message: issue.message }];
  });
}

function meant(key: string, known: readonly string[]): string {
  const near = nearNames(key, known);
  if (near.length > 0) return `, did you mean ${near.join(' or ')}?`;
  return known.length === 0 || known.length > mostListed ? '' : ` (known: ${known.join(', ')})`;
}

function ofForms(path: string, forms: readonly Raw[][], schema: z.ZodType | undefined): Issue[] {
  const far = forms.map(distance);
  const least = Math.min(...far);
  const nearest = forms.filter((_, at) => far[at] === least);
  const [only] = nearest;
  if (only !== undefined && nearest.length === 1) return told(path, only, schema);
  const needs = [...new Set(nearest.map(needed))].join(', or ');
  return [{ path, message: needs === '' ? 'fits none of its forms' : `needs ${needs}` }];
}

/** How far something is from a form: what is missing or wrong; another kind of value is none of it. */
function distance(issues: readonly Raw[]): number {
  const isOther = issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0);
  return isOther ? 1_000 : issues.length;
}

const needed = (issues: readonly Raw[]): string =>
  issues
    .flatMap((issue) => {
      if (issue.code === 'unrecognized_keys') return [];
      const name = pathOf('', issue.path).replace(/^\./, '');
      const isMissing = issue.code === 'invalid_type' && issue.message.endsWith('undefined');
      return [isMissing && name !== '' ? name : `${name}${name && ': '}${issue.message}`];
    })
    .join(' and ');

/** The names of the fields that an object at a path may have, over all its forms. */
function fieldsAt(schema: z.ZodType, path: Path): string[] {
  const found = schemaAt(schema, path);
  return [...new Set(found === undefined ? [] : formsOf(found).flatMap((form) => namesOf(form)))];
}

const namesOf = (schema: z.ZodType): string[] =>
  schema instanceof z.ZodObject ? Object.keys(shapeOf(schema)) : [];

function schemaAt(schema: z.ZodType, path: Path): z.ZodType | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return schema;
  for (const form of formsOf(schema)) {
    const inner =
      form instanceof z.ZodArray
        ? elementOf(form)
        : form instanceof z.ZodObject
          ? shapeOf(form)[String(first)]
          : undefined;
    const found = inner && schemaAt(inner, rest);
    if (found) return found;
  }
  return undefined;
}

/** What a schema takes, without wrappers, each form of a union on its own. */
function formsOf(schema: z.ZodType): z.ZodType[] {
  if (
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable
  )
    return formsOf(innerOf(schema));
  return schema instanceof z.ZodUnion ? optionsOf(schema).flatMap(formsOf) : [schema];
}

function pathOf(root: string, path: Path): string {
  return path.reduce<string>(
    (all, part) => (typeof part === 'number' ? `${all}[${part}]` : `${all}.${String(part)}`),
    root,
  );
}
