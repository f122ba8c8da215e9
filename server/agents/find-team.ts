import type { Pool } from 'pg';
import type { FoundAgent } from '@/lib/tools/define-tool';
import { at, listIn } from '@/lib/values/unknown';
import type { Bus } from '@/server/bus/bus';
import { standingsOf } from './status/standing';

/** Agents whose name, handle or description holds all of these words, with what they can do and are doing. */
export async function findTeam(
  services: { pool: Pool; bus: Pick<Bus, 'publish'> },
  workspaceId: string,
  words: string,
  limit: number,
): Promise<FoundAgent[]> {
  const patterns = words
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
  const [{ rows }, standings] = await Promise.all([
    services.pool.query<{
      id: string;
      handle: string;
      name: string;
      description: string;
      skills: string[];
      tools: unknown;
    }>(
      `select id, handle, name, description, coalesce(skills, '{}') as skills, tools from agent
       where workspace_id = $1 and concat_ws(' ', name, handle, description, array_to_string(skills, ' ')) ilike all ($2::text[])
       order by lower(name), id limit $3`,
      [workspaceId, patterns, limit],
    ),
    standingsOf(services, workspaceId),
  ]);
  const byId = new Map(standings.map((one) => [one.id, one]));
  return rows.map(({ id, tools, ...agent }) => ({
    ...agent,
    tools: listIn(tools).flatMap((grant) => {
      const name = at(grant, 'name');
      return typeof name === 'string' ? [name] : [];
    }),
    status: byId.get(id)?.status ?? 'offline',
    cause: byId.get(id)?.cause ?? '',
  }));
}
