import { z } from 'zod';
import { jsonIn } from './find-json';

/** Of several values in an answer, so many are held against the schema. */
const maxTried = 20;

export type Parsed = { ok: true; value: unknown } | { ok: false; problem: string };

/**
 * The value of an answer that should be JSON and fit a JSON schema. Forgives what models like to add: a code fence,
 * words around the value, or other values before the one that fits. The problem is written for the model as much as for people.
 */
export function parseOutput(text: string, schema: Record<string, unknown>): Parsed {
  const { values, twice } = jsonIn(text);
  if (values.length === 0) {
    const problem = twice ? `In the answer, ${twice.message}.` : 'The answer is not JSON.';
    return { ok: false, problem };
  }
  let checker: z.ZodType;
  try {
    checker = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, problem: `The output schema cannot be used: ${reason}` };
  }
  let problem: string | undefined;
  for (const value of values.slice(0, maxTried)) {
    const checked = checker.safeParse(value);
    if (checked.success) return { ok: true, value: checked.data };
    problem ??= problemsOf(checked.error);
  }
  return { ok: false, problem: problem ?? 'The answer is not JSON.' };
}

function problemsOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map(
      (issue) =>
        `${issue.path.length === 0 ? 'the answer' : issue.path.join('.')}: ${issue.message}`,
    )
    .join('; ');
}

/** Why a JSON schema cannot be used for outputs; undefined when it can. */
export function schemaProblem(schema: Record<string, unknown>): string | undefined {
  if (!isModest(schema)) return 'it is too large or nested too deep.';
  try {
    z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const maxDepth = 40;
const maxObjects = 1_000;
const maxValues = 10_000;

/** Whether a schema is small enough to be read in some milliseconds. */
function isModest(schema: unknown): boolean {
  let [objects, values] = [0, 0];
  const look = (value: unknown, depth: number): boolean => {
    values += 1;
    if (typeof value !== 'object' || value === null) return values <= maxValues;
    objects += 1;
    if (depth > maxDepth || objects > maxObjects) return false;
    return Object.values(value).every((inner) => look(inner, depth + 1));
  };
  return look(schema, 0);
}
