import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { catalogue } from '@/lib/nodes/catalogue';
import { defineNode, type NodeType } from '@/lib/nodes/node-type/define-node';

const common = {
  kind: 'task',
  summary: 'For tests.',
  group: 'Flow',
  icon: 'circle',
  config: z.strictObject({ url: z.string() }),
} as const;

/** Steps that a worker cannot get rid of. They reach the outside by ways of their own, past their context. */
export const deafNodes: Readonly<Record<string, NodeType>> = {
  ...catalogue,
  deaf: defineNode({
    ...common,
    type: 'deaf',
    title: 'Goes on whatever it is told',
    async run(_context, { url }) {
      for (;;) {
        await fetch(url).catch(() => undefined);
        await sleep(50);
      }
    },
  }),
  endless: defineNode({
    ...common,
    type: 'endless',
    title: 'Leaves the event loop to nobody',
    async run(_context, { url }) {
      await fetch(url);
      for (;;);
    },
  }),
};
