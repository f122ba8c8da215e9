import type { Definition } from '@/lib/workflows/schema';

type Ask = {
  kind: 'agent' | 'person' | 'pool';
  to: string;
  text: string;
  waitHours: number;
  /** Handle of the agent that asks. */
  by: string | undefined;
};

/** A question of an agent as a small workflow of one step, which waits for the reply. What is written in it stays as it is. */
export function planAsk({ kind, to, text, waitHours, by }: Ask): {
  definition: Definition;
  input: Record<string, unknown>;
} {
  const name = by === undefined ? 'Question' : `Question of @${by}`;
  return {
    definition: {
      schema: 1,
      name,
      description: '',
      nodes: [
        {
          id: 'ask',
          key: 'ask',
          type: 'ask-message',
          name,
          position: { x: 0, y: 0 },
          config: {
            ...{ kind, name: '{{ input.to }}', subject: 'question', body: '{{ input.text }}' },
            waitHours,
          },
        },
      ],
      edges: [],
    },
    input: { to, text },
  };
}
