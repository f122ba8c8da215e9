import { nameProblem } from '@/lib/names/name-problem';
import { isRecord } from '@/lib/values/unknown';
import { mcpLimits } from './schema';

const maxDepth = 24;
const maxValues = 5_000;

/** Why an input schema cannot be taken; undefined when it can. Looks at a bounded part of it, whatever its size. */
export function inputSchemaProblem(schema: unknown): string | undefined {
  if (!isRecord(schema)) return 'it has no input schema';
  if (schema.type !== undefined && schema.type !== 'object') {
    return 'its input schema describes no object';
  }
  let values = 0;
  const look = (value: unknown, depth: number): string | undefined => {
    values += 1;
    if (values > maxValues || depth > maxDepth)
      return 'its input schema is too large or nested too deep';
    if (typeof value === 'string') return textProblem(value);
    if (typeof value !== 'object' || value === null) return undefined;
    for (const [key, inner] of Object.entries(value)) {
      if (key === '__proto__') return 'its input schema has a field that cannot be used';
      const refers = (key === '$ref' || key === '$dynamicRef') && typeof inner === 'string';
      if (refers && !inner.startsWith('#')) return 'its input schema refers to another document';
      const problem = textProblem(key) ?? look(inner, depth + 1);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
  const problem = look(schema, 0);
  if (problem !== undefined) return problem;
  return JSON.stringify(schema).length > mcpLimits.schema
    ? `its input schema is larger than ${mcpLimits.schema / 1_024} KB`
    : undefined;
}

/** Why a text of several lines cannot be shown: something in it would be read by a model and seen by nobody. */
export function textProblem(text: string): string | undefined {
  if (/^[\t\n\r\x20-\x7e]*$/.test(text)) return undefined;
  const hidden = text
    .split(/[\t\n\r]+/)
    .some((line) => line.trim() !== '' && nameProblem(line) !== undefined);
  return hidden ? 'its description has characters that cannot be seen' : undefined;
}
