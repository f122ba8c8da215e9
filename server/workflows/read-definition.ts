import { AppError } from '@/lib/api/errors';
import { catalogue } from '@/lib/nodes/catalogue';
import { importWorkflow } from '@/lib/workflows/import';
import { findProblems } from '@/lib/workflows/problems';
import type { Definition } from '@/lib/workflows/schema';
import type { TextBody } from '@/server/http/read-body';

/** Problems that make a file no workflow at all. The others can be mended on the canvas. */
const broken = ['cycle', 'dangling_edge', 'unknown_type', 'duplicate_id', 'duplicate_key'];

/**
 * The workflow in a request's body: JSON or YAML, our format or a task list. Throws `invalid_input` with every
 * fault and its line, and `has_problems` for a graph that can never run.
 */
export function readDefinition(body: unknown): Definition {
  if (body === undefined) throw new AppError('invalid_input', 'Send a workflow as the body.');
  const { text, mediaType } = textOf(body);
  const read = importWorkflow(text, catalogue, mediaType === 'application/json' ? 'json' : 'yaml');
  if (!read.ok) {
    const [first] = read.errors;
    const line = first?.line === undefined ? '' : `Line ${first.line}: `;
    const more = read.errors.length > 1 ? ` (and ${read.errors.length - 1} more)` : '';
    throw new AppError('invalid_input', `${line}${first?.message}${more}`, { issues: read.errors });
  }
  const problems = findProblems(read.definition, catalogue).filter((each) =>
    broken.includes(each.code),
  );
  if (problems.length === 0) return read.definition;
  throw new AppError('has_problems', problems[0]?.message ?? 'This workflow has problems.', {
    problems,
  });
}

function textOf(body: unknown): TextBody {
  const given = body as Partial<TextBody> | null;
  if (typeof given?.text === 'string' && typeof given.mediaType === 'string')
    return given as TextBody;
  return { text: JSON.stringify(body) ?? '', mediaType: 'application/json' };
}
