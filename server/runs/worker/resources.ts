import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Pool } from 'pg';
import { z } from 'zod';
import { AgentPause } from '@/lib/agents/pause';
import { modelPolicySchema } from '@/lib/models/schema';
import { type AgentProfile, StepError } from '@/lib/nodes/node-type/define-node';
import { taskLimitsSchema, toolGrantsSchema, usualLimits } from '@/lib/tools/settings';

type FileContent = { name: string; mediaType: string; bytes: Uint8Array };

/** In the pages' bundle a module does not know its folder; there the product's own is the working directory. */
const samplesFolder = (): string =>
  import.meta.dirname === undefined
    ? join(/* turbopackIgnore: true */ process.cwd(), 'public/samples')
    : join(import.meta.dirname, '../../../public/samples');
const mediaTypes: Record<string, string> = {
  '.csv': 'text/csv',
  '.json': 'application/json',
  '.md': 'text/markdown',
  '.txt': 'text/plain',
};

/** The agent of this workspace with this handle, with or without `@`; undefined when there is none. */
export async function readAgent(
  pool: Pool,
  { workspaceId, live }: { workspaceId: string; live: boolean },
  handle: string,
): Promise<AgentProfile | undefined> {
  const { rows } = await pool.query<
    Omit<AgentProfile, 'model' | 'tools' | 'limits'> &
      Record<'model' | 'tools' | 'limits', unknown> & { maintenance: string | null }
  >(
    `select id, handle, name, instructions, model, version, tools, limits, maintenance from agent
     where workspace_id = $1 and handle = $2`,
    [workspaceId, handle.replace(/^@/, '')],
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  const { maintenance, ...agent } = row;
  if (live && maintenance !== null) throw new AgentPause(agent.name, maintenance);
  return {
    ...agent,
    model: modelPolicySchema.catch('auto').parse(row.model),
    tools: toolGrantsSchema.catch([]).parse(row.tools),
    limits: taskLimitsSchema.catch(usualLimits).parse(row.limits),
  };
}

/**
 * A file of this workspace by id or, newest first, by name; or one that the product ships, by `sample:<name>`.
 * Throws `StepError` `file_not_found`.
 */
export async function readWorkspaceFile(
  pool: Pool,
  workspaceId: string,
  reference: string,
): Promise<FileContent> {
  if (reference.startsWith('sample:')) return readSample(reference.slice('sample:'.length));
  const column = z.uuid().safeParse(reference).success ? 'id' : 'name';
  const { rows } = await pool.query<{ name: string; media_type: string; data: Buffer }>(
    `select name, media_type, data from file where workspace_id = $1 and ${column} = $2
     order by created_at desc limit 1`,
    [workspaceId, reference],
  );
  const row = rows[0];
  if (row === undefined) throw notFound(reference);
  return { name: row.name, mediaType: row.media_type, bytes: row.data };
}

async function readSample(name: string): Promise<FileContent> {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9]+)*$/.test(name)) throw notFound(`sample:${name}`);
  const bytes = await readFile(join(samplesFolder(), name)).catch(() => {
    throw notFound(`sample:${name}`);
  });
  return { name, mediaType: mediaTypes[extname(name)] ?? 'application/octet-stream', bytes };
}

function notFound(reference: string): StepError {
  return new StepError('file_not_found', `There is no file "${reference.slice(0, 200)}" here.`);
}
