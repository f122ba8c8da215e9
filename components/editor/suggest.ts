import { functions } from '@/lib/expressions/functions';
import { macros } from '@/lib/expressions/macros';
import type { Suggestion } from './completion';

/** Values that expressions can name, as trees: samples, or what the last run saw. */
export type Names = Record<string, unknown>;

/** At most this many fields of one value are offered. */
const mostFields = 100;
const path = /([A-Za-z_]\w*(?:\.\w+|\[\d+\])*\.)?(\w*)$/;

/** A value in a few characters: what completion shows beside a name. */
export function preview(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return `list of ${value.length}`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.keys(value).join(', ')}}`.slice(0, 40);
  return JSON.stringify(value).slice(0, 40);
}

function lookUp(names: Names, dotted: string): unknown {
  let value: unknown = names;
  for (const part of dotted.match(/[A-Za-z_]\w*|\d+/g) ?? []) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part))
      return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

function fieldsOf(value: unknown, isStep: boolean): Suggestion[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return [];
  return Object.entries(value)
    .slice(0, mostFields)
    .filter(([name]) => /^[A-Za-z_]\w*$/.test(name))
    .map(([name, field]) =>
      isStep
        ? {
            label: name,
            insert: `${name}.output`,
            kind: 'step',
            detail: preview((field as { output?: unknown }).output),
          }
        : { label: name, kind: 'property', detail: preview(field) },
    );
}

const functionSuggestions: readonly Suggestion[] = [
  ...[...functions.values()].map((spec) => ({
    label: spec.name,
    insert: `${spec.name}()`,
    detail: spec.signature,
    info: spec.summary,
    kind: 'function' as const,
  })),
  ...macros.map((macro) => ({
    label: macro.name,
    insert: `${macro.name}()`,
    detail: macro.signature,
    info: macro.summary,
    kind: 'function' as const,
  })),
];

/**
 * What can stand at the end of an unfinished expression: the fields of the value before the last dot, else the
 * roots, and functions. `from` is where the unfinished word begins.
 */
export function suggestions(
  expression: string,
  names: Names,
): { from: number; items: Suggestion[] } {
  const match = path.exec(expression);
  const word = match?.[2] ?? '';
  const from = expression.length - word.length;
  const before = match?.[1];
  if (before !== undefined) {
    const value = lookUp(names, before);
    const isSteps = before === 'steps.';
    const fields = fieldsOf(value, isSteps);
    return { from, items: isSteps ? fields : [...fields, ...functionSuggestions] };
  }
  if (/\.\s*$/.test(expression.slice(0, from))) return { from, items: [...functionSuggestions] };
  const roots: Suggestion[] = Object.entries(names).map(([name, value]) => ({
    label: name,
    insert: typeof value === 'object' && value !== null ? `${name}.` : name,
    kind: 'property',
    detail: preview(value),
  }));
  const steps = fieldsOf(names.steps, true).map((step) => ({
    ...step,
    label: `steps.${step.label}`,
    insert: `steps.${step.insert ?? step.label}`,
  }));
  return { from, items: [...roots, ...steps, ...functionSuggestions] };
}
