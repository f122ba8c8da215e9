import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { findMarks as contract } from '@/lib/chat/marks/contract';
import { can } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import { wantedOf } from '@/lib/search/words';
import { searchFileNames } from '@/server/files/search-file-names';
import { searchPaths } from '@/server/memory/search-paths';
import { searchRuns } from '@/server/runs/reading/search-runs';
import type { Services } from '@/server/services';
import { searchSteps } from '@/server/workflows/organise/search-workflows';

type Found = ResultOf<typeof contract>['items'];

/** What a message can name with `#`, of what this person may read. One's own memory is nobody else's, so it is not among it. */
export async function findMarks(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId, role }: Actor,
  { query: { q, workflowId, limit } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const wanted = wantedOf(q);
  const [files, runs, steps, entries] = await Promise.all([
    can(role, 'files.read') ? searchFileNames(pool, workspaceId, wanted, limit) : [],
    can(role, 'runs.read') ? searchRuns(pool, workspaceId, wanted, limit) : [],
    can(role, 'workflows.read') ? searchSteps(pool, workspaceId, wanted, limit, workflowId) : [],
    can(role, 'memory.read') ? searchPaths(pool, workspaceId, wanted, limit) : [],
  ]);
  return {
    items: [
      ...files.map((file): Found[number] => ({
        mark: { kind: 'file', ...file },
        detail: sizeWords(file.size),
      })),
      ...runs.map(({ id, title, detail }): Found[number] => ({
        ...{ mark: { kind: 'run', id, name: title }, detail },
      })),
      ...steps.map(({ id, title, detail }): Found[number] => {
        const [workflow = '', stepId = ''] = id.split(' ');
        const about = { workflowId: workflow, stepId, workflowName: detail };
        return { mark: { kind: 'step', ...about, name: title }, detail };
      }),
      ...entries.map(({ space, spaceTitle, path }): Found[number] => ({
        ...{ mark: { kind: 'memory', space, path, name: path }, detail: spaceTitle },
      })),
    ],
  };
}

const sizeWords = (bytes: number): string =>
  bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1_000))} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
