import type { Pool } from 'pg';
import startNode, { startConfig } from '@/lib/nodes/forms/start';
import { catalogue } from '@/lib/services/ready/catalogue';
import { operationSchema, readyPrefix } from '@/lib/services/schema';
import { catalogue as builtin } from '@/lib/tools/builtin/catalogue';
import type { GivenTool, Tool } from '@/lib/tools/define-tool';
import { readMore } from '@/lib/tools/result-text';
import { findTool } from '@/lib/tools/search/find-tool';
import { areMany } from '@/lib/tools/search/offer';
import { serviceTool } from '@/lib/tools/service-tool';
import type { ToolGrant } from '@/lib/tools/settings';
import { tableTools } from '@/lib/tools/table-tools';
import { withOwnNames } from '@/lib/tools/tool-name';
import { workflowTool } from '@/lib/tools/workflow-tool';
import { at, isRecord, listIn } from '@/lib/values/unknown';
import { markOfTables, tableNames } from '@/server/data-tables/table-names';
import { transaction } from '@/server/db/transaction';
import { markOfServers, toolsOfServers } from '@/server/mcp/tools-of-servers';
import { markOfOperations, operationsOfAll } from '@/server/openapi/operations-of-all';
import { markOfPublished, publishedWorkflows } from '@/server/workflows/published-workflows';
import { keeping, type Marked } from './catalogue/kept';
import { offered } from './print';

type Needs = { pool: Pool };

const builtinTools: readonly Tool[] = Object.values(builtin).sort((a, b) =>
  a.name < b.name ? -1 : 1,
);

type Db = Pick<Pool, 'query'>;
type Source = {
  mark(db: Db, workspaceId: string): Promise<string>;
  read(db: Db, workspaceId: string): Promise<Tool[]>;
};
const keepSource = () => keeping<Tool[]>(({ length }) => length);
const kept = (source: Source) => ({ ...source, keep: keepSource() });

/** Where tools of a workspace come from: of what did not change nothing is read again. */
const sources = [
  kept({ mark: markOfPublished, read: workflowTools }),
  kept({
    mark: markOfTables,
    read: async (db, workspaceId) => (await tableNames(db, workspaceId)).flatMap(tableTools),
  }),
  kept({ mark: markOfOperations, read: serviceTools }),
  kept({ mark: markOfServers, read: toolsOfServers }),
];

type All = { tools: readonly Tool[]; byName: ReadonlyMap<string, Tool> };
const keepAll = keeping<All>(({ tools }) => tools.length);

/** Every tool of a workspace, by name: the same names as long as nothing is added or renamed. */
export async function findTools(needs: Needs, workspaceId: string): Promise<readonly Tool[]> {
  return (await allTools(needs, workspaceId)).tools;
}

async function allTools({ pool }: Needs, workspaceId: string): Promise<All> {
  const marks = await Promise.all(sources.map(({ mark }) => mark(pool, workspaceId)));
  return keepAll(pool, { workspaceId, mark: marks.join(' ') }, () => readAll(pool, workspaceId));
}

/** All sources and their marks as they stood at one moment. */
async function readAll(pool: Pool, workspaceId: string): Promise<Marked<All>> {
  const read = await transaction(pool, async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    const found: Marked<Tool[]>[] = [];
    for (const { mark: markOf, read, keep } of sources) {
      const mark = await markOf(client, workspaceId);
      const value = await keep(pool, { workspaceId, mark }, async () => ({
        mark,
        value: await read(client, workspaceId),
      }));
      found.push({ mark, value });
    }
    return found;
  });
  const taken = builtinTools.map(({ name }) => name);
  const own = withOwnNames([...read.flatMap(({ value }) => value), ...readyTools()], taken);
  const tools = [...builtinTools, ...own].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    mark: read.map(({ mark }) => mark).join(' '),
    value: { tools, byName: byNameOf(tools) },
  };
}

const byNameOf = (tools: readonly Tool[]) => new Map(tools.map((tool) => [tool.name, tool]));
const builtinByName = byNameOf(builtinTools);

/** The tools that were granted, by name; a name that stands for something else by now is not meant. */
export async function grantedTools(
  needs: Needs,
  workspaceId: string,
  grants: readonly ToolGrant[],
): Promise<GivenTool[]> {
  if (grants.length === 0) return [];
  const own = grants.every(({ name }) => builtinByName.has(name));
  const byName = own ? builtinByName : (await allTools(needs, workspaceId)).byName;
  return grants.flatMap((grant) => {
    const tool = byName.get(grant.name);
    if (tool === undefined || (grant.ref !== undefined && grant.ref !== tool.ref)) return [];
    return [{ tool, grant }];
  });
}

/**
 * Grants that name what each stands for at this moment, so that a task never uses another tool that takes over a name. Where
 * they are many, the tool that finds them comes with them; with any comes the one that reads on in a long result.
 */
export async function pinnedGrants(
  needs: Needs,
  workspaceId: string,
  grants: readonly ToolGrant[],
): Promise<ToolGrant[]> {
  const given = await grantedTools(needs, workspaceId, grants);
  const refs = new Map(given.map(({ tool }) => [tool.name, tool.ref]));
  const pinned = grants.map((grant) => {
    const ref = grant.ref ?? refs.get(grant.name);
    return ref === undefined ? grant : { ...grant, ref };
  });
  const finds = areMany(given.map(({ tool }) => offered(tool)));
  const more = [...(finds ? [findTool] : []), ...(given.length > 0 ? [readMore] : [])];
  const missing = more.filter((name) => !pinned.some((one) => one.name === name));
  return [...pinned, ...missing.map((name) => ({ name, approval: 'policy' as const }))];
}

async function workflowTools(db: Db, workspaceId: string): Promise<Tool[]> {
  const found = await publishedWorkflows(db, workspaceId);
  return found.map(({ id, name, description, definition }) => {
    const start = listIn(at(definition, 'nodes')).find(
      (node) => at(node, 'type') === startNode.type,
    );
    const parsed = startConfig.safeParse(at(start, 'config') ?? {});
    return workflowTool({ id, name, description, fields: parsed.data?.inputs ?? [] });
  });
}

async function serviceTools(db: Db, workspaceId: string): Promise<Tool[]> {
  const found = await operationsOfAll(db, workspaceId);
  return found.flatMap(({ name, auth, operation }) => {
    const parsed = operationSchema.safeParse(operation);
    if (!parsed.success) return [];
    const asksWho = listIn(auth).some((one) => isRecord(one) && one.kind !== 'none');
    return [serviceTool({ ref: name, title: name, operation: parsed.data, asksWho })];
  });
}

let ready: Tool[] | undefined;

/** Operations of ready-made services, which are the same everywhere. */
function readyTools(): Tool[] {
  ready ??= Object.values(catalogue).flatMap(({ name, title, auth, operations }) =>
    operations.map((operation) =>
      serviceTool({
        ...{ ref: `${readyPrefix}${name}`, title, operation },
        asksWho: auth.some(({ kind }) => kind !== 'none'),
      }),
    ),
  );
  return ready;
}
