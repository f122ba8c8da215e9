import { catalogue } from '@/lib/nodes/catalogue';
import type { Json } from '@/lib/workflows/draft/draft-value';
import { layoutWorkflow } from '@/lib/workflows/layout';
import { type Color, type Definition, definitionSchema } from '@/lib/workflows/schema';

export type TemplateStep = {
  id: string;
  type: string;
  name: string;
  config: { [field: string]: Json };
  /** Stands in for the step in rehearsals, where the real thing cannot be had. */
  pinnedOutput?: Json;
  color?: Color;
  /** The step inside which it stands. */
  group?: string;
};

/** A workflow to begin with. */
export type Template = {
  /** Named after its file. */
  name: string;
  title: string;
  /** The job to be done, in one sentence. */
  job: string;
  area: 'Research' | 'Support' | 'Data' | 'Writing' | 'Engineering' | 'Operations';
  steps: TemplateStep[];
  /** Connections: `'a > b > c'`; a port other than the first is written `'a:port > b'`. */
  ways: string[];
};

/** Declares a template; one file each, listed by `npm run catalog`. */
export function defineTemplate(template: Template): Template {
  return template;
}

/** A start step that takes these inputs: name, type, example and description of each. */
export function startStep(
  ...inputs: [
    name: string,
    type: 'text' | 'number' | 'file' | 'json',
    example: string,
    description: string,
  ][]
): TemplateStep {
  const rows = inputs.map(([name, type, example, description]) => {
    return { id: name, name, type, default: example, description };
  });
  return { id: 'start', type: 'start', name: 'Start', config: { inputs: rows } };
}

/** The text of a JSON schema of an object whose properties are all required. */
export function answerSchema(properties: { [name: string]: Json }): string {
  const required = Object.keys(properties);
  return JSON.stringify(
    { type: 'object', properties, required, additionalProperties: false },
    null,
    2,
  );
}

/** The template as a definition, laid out. Ids are the template's own: whoever inserts it makes new ones. */
export function templateDefinition({ title, job, steps, ways }: Template): Definition {
  const definition = definitionSchema.parse({
    name: title,
    description: job,
    nodes: steps.map((step) => ({
      ...step,
      key: step.id.replaceAll('-', '_'),
      position: { x: 0, y: 0 },
    })),
    edges: ways.flatMap(edgesOf),
  });
  const places = layoutWorkflow(definition, catalogue);
  return {
    ...definition,
    nodes: definition.nodes.map((node) => ({
      ...node,
      position: places.get(node.id) ?? node.position,
    })),
  };
}

function edgesOf(way: string) {
  const stops = way.split('>').map((stop) => stop.trim().split(':'));
  return stops.slice(1).map(([target = ''], index) => {
    const [source = '', sourcePort = 'out'] = stops[index] ?? [];
    const port = sourcePort === 'out' ? '' : `-${sourcePort}`;
    return { id: `${source}${port}-to-${target}`.slice(0, 64), source, sourcePort, target };
  });
}
