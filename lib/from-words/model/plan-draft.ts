import type { Definition } from '@/lib/workflows/schema';
import { answerSchema } from './question';

/** The run that asks a model for a draft: one step, so that it is budgeted, counted and shown as every other call. */
export const draftRun = (): Definition => ({
  ...{ schema: 1, name: 'Workflow from a description', description: '', edges: [] },
  nodes: [
    {
      ...{ id: 'draft', key: 'draft', type: 'model', name: 'Draft the workflow' },
      position: { x: 0, y: 0 },
      config: {
        ...{ model: 'auto', system: '{{ input.instructions }}', prompt: '{{ input.question }}' },
        outputSchema: JSON.stringify(answerSchema),
      },
      policy: { retry: { attempts: 2, backoffMs: 500, maxBackoffMs: 5_000 } },
    },
  ],
});
