import type { Pool } from 'pg';
import startNode, { startConfig } from '@/lib/nodes/forms/start';
import { catalogue } from '@/lib/services/ready/catalogue';
import { operationSchema, readyPrefix } from '@/lib/services/schema';
import { catalogue as builtin } from '@/lib/tools/builtin/catalogue';
import type { GivenTool, Tool } from '@/lib/tools/define-tool';
import { serviceTool } from '@/lib/tools/service-tool';
import type { ToolGrant } from '@/lib/tools/settings';
import { tableTools } from '@/lib/tools/table-tools';
import { withOwnNames } from '@/lib/tools/tool-name';
import { workflowTool } from '@/lib/tools/workflow-tool';
import { at, isRecord, listIn } from '@/lib/values/unknown';
import { tableNames } from '@/server/data-tables/table-names';
import { toolsOfServers } from '@/server/mcp/tools-of-servers';
import { operationsOfAll } from '@/server/openapi/operations-of-all';
import { publishedWorkflows } from '@/server/workflows/published-workflows';

type Needs = { pool: Pool };

const builtinTools: readonly Tool[] = Object.values(builtin).sort((a, b) =>
  a.name < b.name ? -1 : 1,
);

/** Every tool of a workspace, by name: the same names as long as nothing is added or renamed. */
export async function findTools({ pool }: Needs, workspaceId: string): Promise<Tool[]> {
  const [workflows, tables, services, servers] = await Promise.all([
    workflowTools(pool, workspaceId),
    tableNames(pool, workspaceId).then((found) => found.flatMap(tableTools)),
    serviceTools(pool, workspaceId),
    toolsOfServers(pool, workspaceId),
  ]);
  const taken = builtinTools.map(({ name }) => name);
  const own = withOwnNames(
    [...workflows, ...tables, ...services, ...servers, ...readyTools()],
    taken,
  );
  return [...builtinTools, ...own].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The tools that were granted, by name; a name that stands for something else by now is not meant. */
export async function grantedTools(
  needs: Needs,
  workspaceId: string,
  grants: readonly ToolGrant[],
): Promise<GivenTool[]> {
  if (grants.length === 0) return [];
  const own = grants.every(({ name }) => builtinTools.some((tool) => tool.name === name));
  const tools = own ? builtinTools : await findTools(needs, workspaceId);
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  return grants.flatMap((grant) => {
    const tool = byName.get(grant.name);
    if (tool === undefined || (grant.ref !== undefined && grant.ref !== tool.ref)) return [];
    return [{ tool, grant }];
  });
}

async function workflowTools(pool: Pool, workspaceId: string): Promise<Tool[]> {
  const found = await publishedWorkflows(pool, workspaceId);
  return found.map(({ id, name, description, definition }) => {
    const start = listIn(at(definition, 'nodes')).find(
      (node) => at(node, 'type') === startNode.type,
    );
    const parsed = startConfig.safeParse(at(start, 'config') ?? {});
    return workflowTool({ id, name, description, fields: parsed.data?.inputs ?? [] });
  });
}

async function serviceTools(pool: Pool, workspaceId: string): Promise<Tool[]> {
  const found = await operationsOfAll(pool, workspaceId);
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
