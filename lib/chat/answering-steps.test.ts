import { expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { answeringSteps } from './answer';

const node = (id: string, type: string, config: Record<string, unknown>) => ({
  ...{ id, key: id, type, name: id, config, position: { x: 0, y: 0 } },
});

function planWith(template: string) {
  const definition = definitionSchema.parse({
    ...{ schema: 1, name: 'Desk' },
    nodes: [
      node('inner', 'model', { prompt: 'Think.' }),
      node('talk', 'model', { prompt: 'Answer.' }),
      node('end', 'output', { template }),
    ],
    edges: [
      { id: 'a', source: 'inner', target: 'talk' },
      { id: 'b', source: 'talk', target: 'end' },
    ],
  });
  return compile(definition, catalogue);
}

test.each([
  ['{{ steps.talk.output.text }}', ['talk']],
  ['{{steps.talk.output}}', ['talk']],
  ['Dear visitor, {{ steps.talk.output.text }}', []],
  ['{{ steps.talk.output.reply }}', []],
  ['{{ steps.inner.output.text }}', ['inner']],
])('of an output %s strangers see the words of %o as they are written', (template, steps) => {
  expect(answeringSteps(planWith(template))).toEqual(steps);
});
