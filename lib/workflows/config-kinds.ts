import type { z } from 'zod';
import { type FieldPath, titleAt } from './config-fields';

/** What is asked of a node type here: its config's schema, and its title. */
export type Configured = { readonly config: z.ZodObject; readonly title?: string };
export type WrongKind = { path: FieldPath; message: string };

const kinds: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** A kind of value by zod's name for it, for people. */
export const kindName = (expected: string): string => kinds[expected] ?? expected;

/**
 * The settings whose value is of another kind than the node type takes, such as the number 1 where a text stands: no
 * field could show them. What is missing, unfinished, too long or out of range is not meant: a draft may hold that.
 */
export function wrongKinds(type: Configured, config: Record<string, unknown>): WrongKind[] {
  const parsed = type.config.safeParse(config);
  if (parsed.success) return [];
  return parsed.error.issues.flatMap((issue) => {
    const path = pathOf(issue);
    const value = valueAt(config, path);
    const message = wrongKind(type, path, value, issue);
    return message === undefined ? [] : [{ path, message: `${message}${hint(issue, value)}` }];
  });
}

/** Says that a value which is there is of the wrong kind; undefined for every other issue. */
export function wrongKind(
  type: Configured,
  path: FieldPath,
  value: unknown,
  issue: z.core.$ZodIssue,
): string | undefined {
  if (value === undefined) return undefined;
  const title = titleAt(type, path);
  if (issue.code === 'invalid_type') {
    if (issue.expected === 'int' && typeof value === 'number') return undefined;
    return `${title} must be ${kindName(issue.expected)}, not ${said(value)}.`;
  }
  if (issue.code === 'invalid_value' && typeof value !== 'string') {
    return `${title} must be one of ${issue.values.map(String).join(', ')}, not ${said(value)}.`;
  }
  if (issue.code === 'invalid_union') {
    const whole = typeof value !== 'object' || value === null;
    return whole ? `${title} cannot be ${said(value)}.` : `${title} is incomplete or not valid.`;
  }
  return undefined;
}

/** An issue's place in a config. */
export const pathOf = (issue: z.core.$ZodIssue): FieldPath =>
  issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));

/** What stands at a path of a config; undefined where nothing does. */
export function valueAt(config: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? Reflect.get(value, part)
        : undefined,
    config,
  );
}

/** YAML reads `1`, `yes` and `2024` as something else than text unless they stand in quotes. */
function hint(issue: z.core.$ZodIssue, value: unknown): string {
  const scalar = typeof value === 'number' || typeof value === 'boolean';
  const meansText = issue.code === 'invalid_type' && issue.expected === 'string';
  return meansText && scalar ? ` Put it in quotes: "${value}".` : '';
}

function said(value: unknown): string {
  if (value === null) return 'empty (null)';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return `the text "${shortened(value)}"`;
  return typeof value === 'number' ? `the number ${value}` : String(value);
}

const shortened = (text: string) => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
