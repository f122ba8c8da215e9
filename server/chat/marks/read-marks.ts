import { AppError } from '@/lib/api/errors';
import type { Mark } from '@/lib/chat/marks/mark';
import { type GivenMark, maxOfOne } from '@/lib/chat/marks/marked-text';
import type { Actor } from '@/lib/people/schema';
import { at, textIn } from '@/lib/values/unknown';
import { requireSpace } from '@/server/memory/find-space';
import { entryIn } from '@/server/memory/get-entry';
import { whoOf } from '@/server/memory/who';
import { outputOf } from '@/server/runs/reading/output-of';
import type { Services } from '@/server/services';
import { sharedSpace } from './name-marks';

type Needs = Pick<Services, 'prisma' | 'pool' | 'drafts'>;

/** What is in the things that a message names, as its turn begins. */
export function readMarked(
  services: Needs,
  actor: Actor,
  marks: readonly Mark[],
): Promise<GivenMark[]> {
  return Promise.all(
    marks.map(async (mark) => ({
      mark,
      content: (await contentOf(services, actor, mark)) ?? '[It is not there any more.]',
    })),
  );
}

function contentOf(services: Needs, actor: Actor, mark: Mark): Promise<string | undefined> {
  switch (mark.kind) {
    case 'file':
      return Promise.resolve('[Its text comes with the files of this message.]');
    case 'run':
      return runContent(services, actor, mark.id);
    case 'step':
      return stepContent(services, actor, mark);
    case 'memory':
      return entryContent(services, actor, mark);
  }
}

async function runContent(
  services: Needs,
  { workspaceId }: Actor,
  id: string,
): Promise<string | undefined> {
  const run = await services.prisma.run.findFirst({
    where: { workspaceId, id },
    select: { status: true, mode: true, createdAt: true, output: true, error: true },
  });
  if (run === null) return undefined;
  const output = run.output === null ? undefined : await outputOf(services, id, run.output);
  const failure = textIn(at(run.error, 'message'));
  return [
    `Status: ${run.status}${run.mode === 'live' ? '' : ` (${run.mode})`}, begun ${run.createdAt.toISOString()}`,
    ...(failure === undefined ? [] : [`Failure: ${failure}`]),
    ...(output === undefined ? [] : [`Output: ${inText(output)}`]),
  ].join('\n');
}

async function stepContent(
  { prisma, drafts }: Needs,
  { workspaceId }: Actor,
  { workflowId, stepId }: Extract<Mark, { kind: 'step' }>,
): Promise<string | undefined> {
  const where = { workspaceId, id: workflowId, deletedAt: null };
  const workflow = await prisma.workflow.findFirst({ where, select: { id: true } });
  if (workflow === null) return undefined;
  const { nodes, edges } = await drafts.read(workflowId);
  const node = nodes.find(({ id }) => id === stepId);
  if (node === undefined) return undefined;
  const nameOf = (id: string) => nodes.find((each) => each.id === id)?.name ?? id;
  const before = edges.filter(({ target }) => target === stepId).map((edge) => nameOf(edge.source));
  return [
    `Type: ${node.type}; later steps name it steps.${node.key}`,
    ...(before.length > 0 ? [`Comes after: ${before.join(', ')}`] : []),
    `Settings: ${inText(node.config)}`,
  ].join('\n');
}

async function entryContent(
  { pool }: Needs,
  actor: Actor,
  { space: key, path }: Extract<Mark, { kind: 'memory' }>,
): Promise<string | undefined> {
  const space = sharedSpace(key);
  if (space === undefined) return undefined;
  try {
    const { value, version } = await entryIn(
      pool,
      await requireSpace(pool, whoOf(actor), space),
      path,
    );
    return `Version ${version}: ${inText(value)}`;
  } catch (error) {
    if (AppError.isInstance(error) && error.code === 'not_found') return undefined;
    throw error;
  }
}

/** A value as a model reads it, with one character more than it is given, so that what is cut says so. */
function inText(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value, undefined, 1) ?? '');
  return text.slice(0, maxOfOne + 1);
}
