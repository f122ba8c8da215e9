import type { Definition } from '@/lib/workflows/schema';

type Task = {
  agent: { handle: string; name: string };
  input: string;
  tools?: readonly string[] | undefined;
  budgetUsd?: number | undefined;
};

/** A task of an agent as a small workflow: one step. What is written in it stays as it is. */
export function planTask({ agent, input, tools, budgetUsd }: Task): {
  definition: Definition;
  input: Record<string, unknown>;
} {
  return {
    definition: {
      schema: 1,
      name: `Task for ${agent.name}`,
      description: '',
      nodes: [
        {
          id: 'task',
          key: 'task',
          type: 'agent',
          name: agent.name,
          position: { x: 0, y: 0 },
          config: {
            agent: agent.handle,
            prompt: '{{ input.task }}',
            ...(budgetUsd === undefined ? {} : { budgetUsd }),
            ...(tools === undefined
              ? {}
              : {
                  toolChoice: 'only',
                  tools: tools.map((name, index) => ({ id: `tool${index}`, name })),
                }),
          },
          policy: { retry: { attempts: 2, backoffMs: 500, maxBackoffMs: 5_000 } },
        },
      ],
      edges: [],
    },
    input: { task: input },
  };
}
