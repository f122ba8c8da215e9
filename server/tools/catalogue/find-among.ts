import { can } from '@/lib/people/can';
import type { FoundTools, GivenTool } from '@/lib/tools/define-tool';
import { findTool } from '@/lib/tools/search/find-tool';
import { indexTools } from '@/lib/tools/search/tool-index';
import type { Services } from '@/server/services';
import { starterOf } from '../rights';

/** Those of the tools that an agent was given which fit these words best, as far as the run may use them. */
export async function findAmong(
  { pool }: Pick<Services, 'pool'>,
  runId: string,
  given: readonly GivenTool[],
  { words, limit }: { words: string; limit: number },
): Promise<FoundTools> {
  const { role } = await starterOf(pool, runId);
  const usable = given.flatMap(({ tool }) => {
    const works = tool.unavailable === undefined && tool.name !== findTool;
    return works && role !== undefined && can(role, tool.permission) ? [tool] : [];
  });
  const byName = new Map(usable.map((tool) => [tool.name, tool]));
  const tools = indexTools(usable)
    .find(words, limit)
    .flatMap((name) => byName.get(name) ?? [])
    .map(({ name, title, description }) => ({
      ...{ name, title },
      description: description.slice(0, shown),
    }));
  if (tools.length > 0) return { tools };
  const note = `None of the ${usable.length} tools fits these words. Try others, or do without.`;
  return { tools, note };
}

const shown = 300;
