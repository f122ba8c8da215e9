import type { Definition } from '@/lib/workflows/schema';

/** A small workflow that runs without any key: it reads the sample file, adds it up and writes a note. */
export const example: Pick<Definition, 'nodes' | 'edges'> = {
  nodes: [
    {
      id: 'start',
      key: 'start',
      type: 'start',
      name: 'Start',
      position: { x: 0, y: 0 },
      config: {
        inputs: [
          {
            id: 'audience',
            name: 'audience',
            type: 'text',
            required: false,
            default: 'the sales team',
            description: 'Who reads the note',
          },
        ],
      },
    },
    {
      id: 'read',
      key: 'read_sales',
      type: 'read-file',
      name: 'Read sales',
      position: { x: 328, y: 0 },
      config: { file: 'sample:sales.csv', format: 'auto' },
    },
    {
      id: 'note',
      key: 'write_note',
      type: 'agent',
      name: 'Write note',
      position: { x: 656, y: 0 },
      config: {
        prompt:
          'Write three sentences about these sales for {{ input.audience }}.\n\nRows: {{ steps.read_sales.output.rowCount }}\nColumns: {{ steps.read_sales.output.columns }}',
      },
    },
    {
      id: 'result',
      key: 'result',
      type: 'output',
      name: 'Result',
      position: { x: 984, y: 0 },
      config: { format: 'markdown', template: '{{ steps.write_note.output.text }}' },
    },
  ],
  edges: [
    { id: 'a', source: 'start', sourcePort: 'out', target: 'read', targetPort: 'in' },
    { id: 'b', source: 'read', sourcePort: 'out', target: 'note', targetPort: 'in' },
    { id: 'c', source: 'note', sourcePort: 'out', target: 'result', targetPort: 'in' },
  ],
};
