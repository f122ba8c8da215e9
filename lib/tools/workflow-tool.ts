import { z } from 'zod';
import { choicesOf } from '@/lib/nodes/forms/input-values';
import type { RunInput } from '@/lib/nodes/forms/run-inputs';
import { defineTool, type Tool } from './define-tool';
import { toolName } from './tool-name';

type Workflow = { id: string; name: string; description: string; fields: readonly RunInput[] };

/** A published workflow as a tool: it starts a run of the live version, and its output is the result. */
export function workflowTool({ id, name, description, fields }: Workflow): Tool {
  const shape = Object.fromEntries(fields.map((field) => [field.name, typeOf(field)]));
  return defineTool({
    name: toolName('workflow', name),
    ref: `workflow:${id}`,
    source: 'workflow',
    title: name,
    description: `Runs the workflow "${name}" and waits for its result. ${description}`.trim(),
    input: z.strictObject(shape),
    effect: 'once',
    risk: 2,
    approval: 'policy',
    permission: 'runs.start',
    outside: true,
    private: true,
    outward: true,
    begins: true,
    run: async (input) => ({ pause: 'workflow', workflowId: id, input }),
  });
}

function typeOf(field: RunInput): z.ZodType {
  const { required, label, description } = field;
  const type = shapeOf(field);
  const said = [label, description].filter(Boolean).join(': ');
  const told = said === '' ? type : type.describe(said);
  return required && field.default === '' ? told : told.optional();
}

function shapeOf(field: RunInput): z.ZodType {
  switch (field.type) {
    case 'number':
      return z.number();
    case 'boolean':
      return z.boolean();
    case 'json':
      return z.unknown();
    case 'choice': {
      const choices = choicesOf(field);
      return choices.length === 0 ? z.string() : z.enum(choices);
    }
    default:
      return z.string();
  }
}
