import { z } from 'zod';
import type { NamedSpace } from '@/lib/memory/calls';
import { type SpaceKind, spaceKinds } from '@/lib/memory/space';
import { type NodeContext, StepError } from '../node-type/define-node';

/** Which memory a step works on. */
export const memorySettings = {
  memory: z
    .enum(spaceKinds)
    .default('workspace')
    .meta({
      title: 'Memory',
      help: 'Whose memory it is. All members see it, but for the one of a person.',
      labels: {
        workspace: 'The workspace’s',
        team: 'A shared one, by its name',
        agent: 'An agent’s',
        workflow: 'This workflow’s',
        thread: 'This chat’s',
        person: 'That of whoever started the run',
      },
    }),
  name: z
    .string()
    .max(500)
    .default('')
    .meta({
      title: 'Name',
      description: 'The name of the shared memory, or the agent’s handle.',
      widget: 'template',
      when: { field: 'memory', is: ['team', 'agent'] },
    }),
};

/** The path of an entry. */
export const pathSetting = (description: string) =>
  z
    .string({ error: 'Enter a path.' })
    .min(1, 'Enter a path.')
    .max(2_000)
    .meta({ title: 'Path', description, widget: 'template' });

type Config = { memory: SpaceKind; name: string };

export async function spaceNamed(
  context: Pick<NodeContext, 'render'>,
  { memory, name }: Config,
): Promise<NamedSpace> {
  if (memory !== 'team' && memory !== 'agent') return { kind: memory };
  const given = (await context.render(name)).trim().replace(/^@/, '');
  if (given !== '') return { kind: memory, name: given };
  throw new StepError('memory_missing', 'Enter the name of the memory.');
}

/** A value as an expression gives it: JSON, with numbers that a text keeps as they are. */
export const sampleEntry = {
  path: 'customers/acme',
  value: { plan: 'yearly' },
  version: 1,
  updatedAt: '2026-01-01T00:00:00.000Z',
};
