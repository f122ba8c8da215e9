import type { Definition } from '@/lib/workflows/schema';
import type { Needs } from './assignment/needs';

type Task = {
  /** Who does it; absent: whoever fits. */
  agent?: { handle: string; name: string } | undefined;
  needs?: Partial<Needs> | undefined;
  input: string;
  /** What it is about, in people's words; its input where that says it. */
  title?: string;
  tools?: readonly string[] | undefined;
  budgetUsd?: number | undefined;
};

const maxTitle = 80;

/** What a task is about, in a line: the first that says something. */
function titleOf(text: string): string {
  const line = text.split('\n').find((each) => each.trim() !== '') ?? '';
  // The first line of JSON says nothing.
  const title = (line.trim().length > 2 ? line : text).trim().replace(/\s+/g, ' ');
  return title.length > maxTitle ? `${title.slice(0, maxTitle - 1).trimEnd()}…` : title;
}

/** A task of an agent as a small workflow, named after both: one step. What is written in it stays as it is. */
export function planTask({ agent, needs = {}, input, title = input, tools, budgetUsd }: Task): {
  definition: Definition;
  input: Record<string, unknown>;
} {
  const { skills = [], tools: needed = [], ...more } = needs;
  const rows = (names: readonly string[]) => names.map((name, at) => ({ id: `need${at}`, name }));
  const name = agent?.name ?? 'whoever fits';
  return {
    definition: {
      schema: 1,
      name: `${name}: ${titleOf(title)}`,
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
