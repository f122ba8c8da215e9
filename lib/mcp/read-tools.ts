import { cleanName, nameProblem } from '@/lib/names/name-problem';
import { toolName } from '@/lib/tools/tool-name';
import { at, isRecord, textIn } from '@/lib/values/unknown';
import { type DescribedTool, mcpLimits, type RefusedTool } from './schema';
import { inputSchemaProblem, textProblem } from './schema-problem';

export type ReadTools = { tools: DescribedTool[]; refused: RefusedTool[] };

/**
 * The tools of a server's list that can be taken, by name, and those that cannot, with the reason. Of several whose names
 * become the same for models none is taken: nobody could tell which is meant.
 */
export function readTools(items: readonly unknown[], slug: string): ReadTools {
  const read = items.map(readTool);
  const found = read.flatMap((one) => ('tool' in one ? [one.tool] : []));
  const byName = Map.groupBy(found, ({ name }) => toolName('mcp', slug, name));
  const tools = [...byName.values()]
    .flatMap((alike) => (alike.length === 1 ? alike : []))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const alike = [...byName.values()].flatMap((group) =>
    group.length === 1 ? [] : group.map(({ name }) => ({ name, problem: likeOthers(name, group) })),
  );
  const refused = read.flatMap((one) => ('problem' in one ? [one] : []));
  return { tools, refused: [...refused, ...alike].slice(0, mcpLimits.refused) };
}

function likeOthers(name: string, group: readonly DescribedTool[]): string {
  const other = group.find((one) => one.name !== name);
  return other === undefined
    ? 'the server lists it more than once'
    : `its name cannot be told from “${other.name}”`;
}

function readTool(given: unknown): { tool: DescribedTool } | RefusedTool {
  const name = textIn(at(given, 'name')) ?? '';
  const shown = cleanName(name.slice(0, 128)) || '(no name)';
  const refuse = (problem: string): RefusedTool => ({ name: shown, problem });
  if (!/^[A-Za-z0-9_./-]{1,128}$/.test(name)) return refuse('its name is not one of MCP');
  const title = textIn(at(given, 'title')) ?? textIn(at(given, 'annotations', 'title')) ?? name;
  if (title.length > 200 || nameProblem(title) !== undefined || title.trim() === '')
    return refuse('its title cannot be shown');
  const description = textIn(at(given, 'description')) ?? '';
  if (description.length > mcpLimits.description) {
    const most = mcpLimits.description.toLocaleString('en-US');
    return refuse(`its description is longer than ${most} characters`);
  }
  const problem = textProblem(description) ?? inputSchemaProblem(at(given, 'inputSchema'));
  if (problem !== undefined) return refuse(problem);
  const schema = at(given, 'inputSchema');
  const inputSchema = isRecord(schema) ? { ...schema, type: 'object' } : { type: 'object' };
  return { tool: { name, title, description, inputSchema, hints: hintsOf(given) } };
}

function hintsOf(given: unknown): DescribedTool['hints'] {
  const hint = (name: string) => at(given, 'annotations', name);
  const readOnly = hint('readOnlyHint') === true;
  return {
    readOnly,
    destructive: !readOnly && hint('destructiveHint') !== false,
    idempotent: hint('idempotentHint') === true,
    openWorld: hint('openWorldHint') !== false,
  };
}
