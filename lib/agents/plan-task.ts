import type { Definition } from '@/lib/workflows/schema';
import type { Needs } from './assignment/needs';

type Task = {
  /** Who does it; absent: whoever fits. */
  agent?: { handle: string; name: string } | undefined;
  needs?: Partial<Needs> | undefined;
  input: string;
  tools?: readonly string[] | undefined;
  budgetUsd?: number | undefined;
};

/** A task of an agent as a small workflow: one step. What is written in it stays as it is. */
export function planTask({ agent, needs = {}, input, tools, budgetUsd }: Task): {
  definition: Definition;
  input: Record<string, unknown>;
} {
  const { skills = [], tools: needed = [], ...more } = needs;
  const rows = (names: readonly string[]) => names.map((name, at) => ({ id: `need${at}`, name }));
  const name = agent?.name ?? 'whoever fits';
  return {
    definition: {
      schema: 1,
      name: `Task for ${name}`,
      description: '',
      nodes: [
        {
          id: 'task',
          key: 'task',
          type: 'agent',
          name,
          position: { x: 0, y: 0 },
          config: {
            ...(agent === undefined
              ? { who: 'fits', skills: rows(skills), needTools: rows(needed), ...more }
              : { agent: agent.handle }),
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
