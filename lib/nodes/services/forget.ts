import { z } from 'zod';
import { defineNode } from '../node-type/define-node';
import { memorySettings, pathSetting, spaceNamed } from './memory-settings';

export default defineNode({
  type: 'forget',
  kind: 'task',
  title: 'Forget',
  summary: 'Deletes what memory keeps at a path; it can be restored on the page Memory.',
  group: 'Data',
  outward: 'This changes the memory.',
  icon: 'eraser',
  aliases: ['memory', 'forget', 'delete memory', 'remove', 'unset', 'clear'],
  config: z.strictObject({
    ...memorySettings,
    path: pathSetting('What is forgotten, such as customers/acme.'),
  }),
  subtitle: (config) => config.path,
  sample: { path: 'customers/acme', outcome: 'deleted' },
  async run(context, config) {
    const path = (await context.render(config.path)).trim();
    const space = await spaceNamed(context, config);
    if (context.scope.run.mode === 'rehearsal') {
      context.note?.(`Rehearsed: “${path}” was not forgotten.`);
      return { path, outcome: 'deleted', rehearsed: true };
    }
    const { outcome } = await context.service('memory', { do: 'delete', space, path });
    if (outcome === undefined) context.note?.('Nothing was there.');
    return { path, outcome: outcome ?? 'unchanged' };
  },
});
