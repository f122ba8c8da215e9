import type { Definition } from '@/lib/workflows/schema';

type Call = {
  tool: { name: string; title: string };
  args: Record<string, unknown>;
  connection?: string | undefined;
};

/** A call of a tool as a small workflow: one step, whose arguments travel in the run's input. */
export function planCall({ tool, args, connection }: Call): {
  definition: Definition;
  input: Record<string, unknown>;
} {
  return {
    definition: {
      schema: 1,
      name: `Use ${tool.title}`.slice(0, 100),
      description: '',
      nodes: [
        {
          id: 'tool',
          key: 'tool',
          type: 'tool',
          name: tool.title.slice(0, 100),
          position: { x: 0, y: 0 },
          config: {
            tool: tool.name,
            args: 'input.args',
            ...(connection === undefined ? {} : { connection }),
          },
        },
      ],
      edges: [],
    },
    input: { args },
  };
}
