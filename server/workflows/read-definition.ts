import { AppError } from '@/lib/api/errors';
import { doJob, type ReadFile } from '@/lib/computation/jobs';
import type { Definition } from '@/lib/workflows/schema';
import { asRefused } from '@/server/computation/refusal';
import type { TextBody } from '@/server/http/read-body';
import type { Services } from '@/server/services';

/** Problems that make a file no workflow at all. The others can be repaired on the canvas. */
const broken = ['cycle', 'dangling_edge', 'unknown_type', 'duplicate_id', 'duplicate_key'];

/**
 * The workflow in a request's body: JSON or YAML, our format or a task list. Throws `invalid_input` with every
 * fault and its line, and `has_problems` for a graph that can never run.
 */
export async function readDefinition(
  services: Pick<Services, 'computation'>,
  workspaceId: string,
  body: unknown,
): Promise<Definition> {
  if (body === undefined) throw new AppError('invalid_input', 'Send a workflow as the body.');
  const { text, mediaType } = textOf(body);
  const format = mediaType === 'application/json' ? 'json' : 'yaml';
  const read = await readFile(services, workspaceId, { text, format });
  if (!read.ok) {
    const [first] = read.errors;
    const line = first?.line === undefined ? '' : `Line ${first.line}: `;
    const more = read.errors.length > 1 ? ` (and ${read.errors.length - 1} more)` : '';
    throw new AppError('invalid_input', `${line}${first?.message}${more}`, { issues: read.errors });
  }
  const problems = read.problems.filter((each) => broken.includes(each.code)).slice(0, 20);
  if (problems.length === 0) return read.definition;
  throw new AppError('has_problems', problems[0]?.message ?? 'This workflow has problems.', {
    problems,
  });
}

/** A short file is read in place, where it takes some milliseconds whatever it holds. */
const shortFile = 2_000;

async function readFile(
  { computation }: Pick<Services, 'computation'>,
  workspaceId: string,
  file: { text: string; format: 'json' | 'yaml' },
): Promise<ReadFile> {
  if (file.text.length <= shortFile) return doJob('file', file);
  try {
    return await computation.run('file', file, workspaceId);
  } catch (error) {
    throw asRefused(error);
  }
}

function textOf(body: unknown): TextBody {
  const given = body as Partial<TextBody> | null;
  if (typeof given?.text === 'string' && typeof given.mediaType === 'string')
    return given as TextBody;
  return { text: JSON.stringify(body) ?? '', mediaType: 'application/json' };
}
