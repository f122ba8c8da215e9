import type { Definition } from '@/lib/workflows/schema';

/** A workflow of so many steps, forty in a row, as the product and the bare page both show it. */
export function graphOf(count: number): Definition {
  return {
    schema: 1,
    name: `${count} steps`,
    description: '',
    nodes: Array.from({ length: count }, (_, i) => ({
      id: `n${i}`,
      key: `n${i}`,
      type: i === 0 ? 'start' : 'agent',
      name: `Step ${i}`,
      position: { x: (i % 40) * 328, y: Math.floor(i / 40) * 160 },
      config:
        i === 0
          ? ({} as Record<string, string>)
          : { prompt: `Summarise what step ${i - 1} brought, in two sentences.` },
    })),
    edges: Array.from({ length: count - 1 }, (_, i) => ({
      id: `e${i}`,
      source: `n${i}`,
      sourcePort: 'out',
      target: `n${i + 1}`,
      targetPort: 'in',
    })),
  };
}
