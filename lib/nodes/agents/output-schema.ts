import { z } from 'zod';
import { jsonProblemText, readJson } from '@/lib/api/json/read-json';
import { schemaProblem } from '@/lib/models/output';
import { isRecord } from '@/lib/values/unknown';
import { StepError } from '../node-type/define-node';

/** A config field that holds a JSON schema as text; empty means plain text answers. */
export const outputSchemaField = z
  .string()
  .max(50_000)
  .check((check) => {
    const problem = problemOf(check.value);
    if (problem) check.issues.push({ code: 'custom', input: check.value, message: problem });
  })
  .default('')
  .meta({
    title: 'Output format (JSON schema)',
    description: 'The answer must match this JSON schema. Empty: plain text.',
    widget: 'json',
  });

/** The schema of a step; undefined when the field is empty. Throws `StepError` `invalid_config`. */
export function readOutputSchema(text: string): Record<string, unknown> | undefined {
  if (text.trim() === '') return undefined;
  const problem = problemOf(text);
  if (problem) throw new StepError('invalid_config', problem);
  const schema: unknown = JSON.parse(text);
  if (!isRecord(schema)) throw new StepError('invalid_config', notAnObject);
  return schema;
}

const notAnObject = 'The output format must be a JSON object.';

function problemOf(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  const read = readJson(text, 0);
  if (!read.ok) {
    return read.problem.twice
      ? `In the output format, ${jsonProblemText(read.problem)}.`
      : 'The output format is not valid JSON.';
  }
  // Bounds are numbers, however large.
  const value: unknown = JSON.parse(text);
  if (!isRecord(value)) return notAnObject;
  const problem = schemaProblem(value);
  return problem ? `The output format cannot be used: ${problem}` : undefined;
}
