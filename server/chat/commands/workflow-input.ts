import { z } from 'zod';
import { AppError } from '@/lib/api/errors';
import { initialInput, type RunInput } from '@/lib/nodes/forms/run-inputs';
import startNode, { startConfig } from '@/lib/nodes/forms/start';
import { readPlan } from '@/server/runs/starting/read-plan';
import type { Asked, Json } from './act';
import { workflowWithText } from './find-workflow';

export type Meant = {
  id: string;
  name: string;
  fields: readonly RunInput[];
  /** What the line itself gives: the text behind the name, and defaults. */
  value: Record<string, Json>;
};

/**
 * The workflow that a line starts, with its inputs. Throws as `workflowWithText` and `readPlan`, and `invalid_input` for
 * a text that no input can be meant to take.
 */
export async function meantBy(asked: Asked, version: 'live' | 'draft'): Promise<Meant> {
  const { id, name, text } = await workflowWithText(asked);
  const { plan } = await readPlan(asked.services, asked.actor, id, { version });
  const start = plan.steps.find((step) => step.type === startNode.type);
  const fields = start === undefined ? [] : startConfig.parse(start.config).inputs;
  const value = z.record(z.string(), z.json()).parse(initialInput(fields));
  if (text !== '') value[takerOf(name, fields)] = text;
  return { id, name, fields, value };
}

/** The input that takes a text: the only one, or the only one that is required. */
function takerOf(name: string, fields: readonly RunInput[]): string {
  const texts = fields.filter(({ type }) => type === 'text' || type === 'longtext');
  const required = texts.filter((field) => field.required);
  const [one] = texts.length === 1 ? texts : required.length === 1 ? required : [];
  if (one !== undefined) return one.name;
  const why = texts.length === 0 ? 'takes no text' : 'takes several texts';
  throw new AppError(
    'invalid_input',
    `“${name}” ${why}. Write its name alone, and its inputs are asked for.`,
  );
}
