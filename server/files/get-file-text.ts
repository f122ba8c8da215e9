import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { contentText } from '@/lib/files/content-text';
import type { getFileText as contract } from '@/lib/files/contract';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { Actor } from '@/lib/people/schema';
import { readWorkspaceFile } from '@/server/runs/worker/resources';
import type { Services } from '@/server/services';
import { readFile } from './read-file';

/**
 * The text of a file as an agent sees it, piece by piece. Throws `not_found`, and `invalid_input` with the reason where
 * nothing can be read.
 */
export async function getFileText(
  services: Pick<Services, 'pool' | 'computation' | 'documents'>,
  actor: Pick<Actor, 'workspaceId'>,
  { params, query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const file = await readWorkspaceFile(services.pool, actor.workspaceId, params.id).catch(
    (error: unknown) => {
      if (StepError.isInstance(error)) throw new AppError('not_found', error.message);
      throw error;
    },
  );
  const settings = query.sheet === undefined ? {} : { sheet: query.sheet };
  const read = await readFile(services, file, settings, actor.workspaceId);
  if (!read.ok) throw new AppError('invalid_input', `"${file.name}": ${read.problem}`);
  const { content, format } = read;
  const text = contentText(content);
  const { offset, limit } = query;
  const end = Math.min(text.length, offset + limit);
  return {
    ...{ id: params.id, name: file.name, format },
    ...{ characters: text.length, text: text.slice(offset, end) },
    nextOffset: end < text.length ? end : null,
    pages: 'pages' in content ? content.pages.length : null,
    sheets: 'sheets' in content ? content.sheets : null,
  };
}
