import { z } from 'zod';
import { readJson } from '@/lib/api/json/read-json';
import { choicesOf } from '@/lib/nodes/forms/input-values';
import type { InputField } from '@/lib/nodes/forms/run-input';

/** A body that fills the inputs of a workflow, for people to start from; with none, a field of their own. */
export function exampleBody(fields: readonly InputField[]): Record<string, unknown> {
  if (fields.length === 0) return { hello: 'world' };
  return Object.fromEntries(fields.map((field) => [field.name, exampleOf(field)]));
}

function exampleOf({ type, default: initial, name, choices }: InputField): unknown {
  switch (type) {
    case 'number':
      return initial === '' ? 1 : Number(initial);
    case 'boolean':
      return initial === 'true';
    case 'json':
      return {};
    case 'choice':
      return initial || (choicesOf({ choices })[0] ?? '');
    case 'date':
      return initial || '2026-11-30';
    case 'email':
      return initial || 'ada@example.com';
    case 'text':
    case 'longtext':
    case 'file':
      return initial === '' ? `Some ${name}` : initial;
  }
}

const json = z.json();

/** A body that somebody wrote: JSON as its value, anything else as text. */
export function readBodyText(text: string) {
  const read = readJson(text, 0);
  return read.ok ? json.parse(read.value) : text;
}

/** A body for people to read and change: JSON in lines. */
export function shownBody(text: string): string {
  const read = readJson(text, 0);
  return read.ok ? JSON.stringify(read.value, null, 2) : text;
}
