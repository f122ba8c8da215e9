import { isSmall } from '@/lib/computation/cheap';
import { type Parsed, parseOutput } from '@/lib/models/output';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { at } from '@/lib/values/unknown';
import type { Computation } from '@/server/computation/computation';

/** A text that is read in place, where its schema is simple. */
const shortText = 20_000;
const shortSchema = 5_000;

/**
 * Whether an answer fits its schema. Schemas that may take long, by what they name, are held against it on a thread.
 * Throws `StepError` `output_schema` where that takes too long.
 */
export async function fits(
  computation: Pick<Computation, 'run'>,
  text: string,
  schema: Record<string, unknown>,
  workspaceId: string,
): Promise<Parsed> {
  const written = JSON.stringify(schema);
  const costly = /"(pattern|patternProperties|\$ref|anyOf|allOf|oneOf|not|uniqueItems|format)"/;
  const simple = written.length <= shortSchema && !costly.test(written) && isSmall(schema);
  if (simple && text.length <= shortText) return parseOutput(text, schema);
  try {
    return await computation.run('answer', { text, schema }, workspaceId);
  } catch (error) {
    const [code, message] = [at(error, 'code'), at(error, 'message')];
    if (code === 'computation_busy' || typeof code !== 'string') throw error;
    throw new StepError(
      'output_schema',
      `The answer could not be checked against its schema: ${message}`,
    );
  }
}
