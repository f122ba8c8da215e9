import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { can } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import type { listTools as contract } from '@/lib/tools/contract';
import type { Services } from '@/server/services';
import { findTools } from './find-tools';
import { viewTool } from './view';

/** Tools of the workspace that hold all words of the query, built-in ones first, then by name. */
export async function listTools(
  services: Pick<Services, 'pool'>,
  { workspaceId, role }: Actor,
  { query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const words = (query.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const names = query.names?.split(',');
  const found = (await findTools(services, workspaceId)).filter(
    ({ name, ref, title, description, source, given }) =>
      given === undefined &&
      (query.of === undefined || ref.startsWith(query.of)) &&
      (query.source === undefined || query.source === source) &&
      (names === undefined || names.includes(name)) &&
      words.every((word) => `${name} ${title} ${description}`.toLowerCase().includes(word)),
  );
  const sorted = [
    ...found.filter(({ source }) => source === 'builtin'),
    ...found.filter(({ source }) => source !== 'builtin'),
  ];
  const items = sorted
    .slice(0, query.limit)
    .map((tool) =>
      viewTool(tool, can(role, tool.permission) ? undefined : 'Your role may not use it.'),
    );
  return { items, more: sorted.length > query.limit };
}
