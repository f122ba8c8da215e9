import { z } from 'zod';
import { defineNode } from '../node-type/define-node';
import { memorySettings, spaceNamed } from './memory-settings';

export default defineNode({
  type: 'unlock-memory',
  kind: 'task',
  title: 'Unlock',
  summary: 'Releases what this run has locked in memory.',
  group: 'Data',
  icon: 'lock-open',
  aliases: ['memory', 'unlock', 'release', 'mutex', 'lock'],
  config: z.strictObject({
    ...memorySettings,
    path: z.string().max(2_000).default('').meta({
      title: 'Path',
      description: 'As in the step that locked it.',
      widget: 'template',
    }),
  }),
  subtitle: (config) => config.path,
  sample: { released: 1 },
  async run(context, config) {
    const path = (await context.render(config.path)).trim();
    const space = await spaceNamed(context, config);
    if (context.scope.run.mode === 'rehearsal') return { released: 0, rehearsed: true };
    const { released = 0 } = await context.service('memory', { do: 'unlock', space, path });
    if (released === 0) context.note?.('Nothing was locked there any more.');
    return { released };
  },
});
