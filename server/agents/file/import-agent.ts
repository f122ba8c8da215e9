import type { importAgent as contract, ImportPlan } from '@/lib/agents/file/contract';
import { type AgentFile, agentFileFormat, agentFileSchema } from '@/lib/agents/file/schema';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { ModelPolicy } from '@/lib/models/schema';
import { cleanName } from '@/lib/names/name-problem';
import { can } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import type { Tool } from '@/lib/tools/define-tool';
import { hashOf } from '@/server/idempotency/hash-of';
import type { Services } from '@/server/services';
import { findTools } from '@/server/tools/find-tools';
import { createAgent } from '../create-agent';
import { freeHandle } from '../free-handle';

/**
 * Makes a new agent of a file, or says what that would be able to do. Nothing of the file is run. It gets the tools of this
 * workspace that have the same name and come from the same kind of place; no connection, and nobody's leave not to ask.
 * Throws `invalid_input` for a file that was changed or is of another kind.
 */
export async function importAgent(
  services: Services,
  actor: Actor,
  { query, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const file = readFile(body.file);
  const tools = await findTools(services, actor.workspaceId);
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  const found = file.tools.flatMap((one) => {
    const tool = byName.get(one.name);
    return tool !== undefined && tool.source === one.source ? [{ one, tool }] : [];
  });
  const { description, instructions, model, skills, limits } = file.agent;
  const name = cleanName(file.agent.name).slice(0, 100).trim() || 'Imported agent';
  const handle = await freeHandle(services, actor, file.agent.handle);
  const plan: ImportPlan = {
    ...{ name, handle, description, instructions, model },
    tools: found.map(({ one, tool }) => shown(tool, actor, one.approval === 'never')),
    missing: file.tools
      .filter((one) => !found.some(({ tool }) => tool.name === one.name))
      .map((one) => ({ name: one.name, title: cleanName(one.title) || one.name })),
    connect: found.flatMap(({ one, tool }) => (one.connects ? [tool.title] : [])),
    missingModels: await missingModels(services, actor, model),
  };
  if (query.check !== undefined) return { agent: null, plan };
  const grants = found.map(({ one, tool }) => ({
    ...{ name: tool.name, ref: tool.ref },
    approval: one.approval === 'never' ? ('policy' as const) : one.approval,
  }));
  const input = { handle, name, description, instructions, model, skills, limits, tools: grants };
  const agent = await createAgent(services, actor, { params: {}, query: {}, body: input });
  return { agent, plan };
}

function readFile(given: Record<string, unknown>): AgentFile {
  if (given.format !== agentFileFormat) {
    throw new AppError(
      'invalid_input',
      'This is not the file of an agent. Export one from its page.',
    );
  }
  if (typeof given.version === 'number' && given.version > 1) {
    throw new AppError(
      'invalid_input',
      'A newer version of the product made this file. Update this one first.',
    );
  }
  const { sha256, ...rest } = given;
  const parsed = agentFileSchema.safeParse(given);
  if (!parsed.success || hashOf(rest) !== sha256) {
    throw new AppError(
      'invalid_input',
      'The file was changed or damaged since it was exported. Nothing was imported: export it again.',
    );
  }
  return parsed.data;
}

function shown(tool: Tool, { role }: Actor, asksAgain: boolean): ImportPlan['tools'][number] {
  const { name, title, source, effect, risk } = tool;
  const refused = can(role, tool.permission) ? undefined : 'Your role may not use it.';
  const unavailable = tool.unavailable ?? refused ?? null;
  return { name, title, source, effect, risk, unavailable, asksAgain };
}

async function missingModels(
  { models }: Pick<Services, 'models'>,
  { workspaceId }: Actor,
  policy: ModelPolicy,
): Promise<string[]> {
  if (policy === 'auto' || 'mode' in policy) return [];
  const providers = await models.overview(workspaceId);
  const isReady = ({ provider, model }: { provider: string; model: string }) =>
    providers.some(
      (one) =>
        one.provider === provider &&
        one.state === 'ready' &&
        (one.models.length === 0 || one.models.some(({ id }) => id === model)),
    );
  return [policy, ...(policy.fallback ?? [])]
    .filter((one) => !isReady(one))
    .map(({ model }) => model);
}
