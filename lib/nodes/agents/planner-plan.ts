import { z } from 'zod';
import { cleanName } from '@/lib/names/name-problem';
import type { Plan } from '@/lib/runs/schema';
import { compile } from '@/lib/workflows/compile';
import { findProblems } from '@/lib/workflows/problems/problems';
import { type Definition, definitionSchema } from '@/lib/workflows/schema';
import http from '../data/http';
import transform from '../data/transform';
import switchNode from '../flow/switch';
import agent from './agent';
import model from './model';

/** What a generated step may be. */
export const planTypes = ['agent', 'model', 'transform', 'switch', 'http'] as const;
/** Steps of one generated plan. */
export const maxPlanSteps = 20;

const catalogue = { agent, model, transform, switch: switchNode, http };

/** A step as a model writes it; `after` names steps, and ways of a switch as `id:yes` or `id:else`. */
const plannedStepSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(planTypes),
  agent: z.string().default(''),
  instruction: z.string(),
  after: z.array(z.string()).default([]),
});
export type PlannedStep = z.infer<typeof plannedStepSchema>;
export const plannedStepsSchema = z.array(plannedStepSchema);

/** What every generated step learns: the goal, and what earlier rounds found. */
export type Background = { goal: string; found: string };
export type PlanBounds = { steps: number; http: boolean; name: string };

/**
 * The plan that a run executes, checked like any edit: the shape of a workflow, no problems, and the bounds of this
 * step. The output of its run is the outputs of its steps by id. Problems are sentences for whoever wrote the plan.
 */
export function planOf(
  steps: readonly PlannedStep[],
  background: Background,
  bounds: PlanBounds,
): { plan: Plan } | { problems: string[] } {
  const problems = boundProblems(steps, bounds);
  const parsed = definitionSchema.safeParse(definitionOf(steps, background, bounds.name));
  if (!parsed.success) {
    const issues = parsed.error.issues.slice(0, 5);
    return { problems: issues.map(({ path, message }) => `${placeOf(path, steps)}${message}`) };
  }
  const found = findProblems(parsed.data, catalogue).filter(({ severity }) => severity === 'error');
  problems.push(...found.map(({ nodeId, message }) => `${nodeId ? `${nodeId}: ` : ''}${message}`));
  if (problems.length > 0) return { problems: problems.slice(0, 10) };
  const plan = compile(parsed.data, catalogue);
  return { plan: { ...plan, outputs: plan.steps.map(({ id }) => id) } };
}

function boundProblems(steps: readonly PlannedStep[], bounds: PlanBounds): string[] {
  const problems: string[] = [];
  if (steps.length === 0) problems.push('The plan has no steps.');
  if (steps.length > bounds.steps) problems.push(`At most ${bounds.steps} steps are allowed.`);
  for (const { id, type } of steps) {
    if (type === 'http' && !bounds.http) problems.push(`${id}: http is not allowed here.`);
  }
  return problems;
}

const placeOf = ([list, index]: PropertyKey[], steps: readonly PlannedStep[]) =>
  list === 'nodes' && typeof index === 'number' ? `${steps[index]?.id}: ` : '';

function definitionOf(
  steps: readonly PlannedStep[],
  background: Background,
  name: string,
): z.input<typeof definitionSchema> {
  return {
    name,
    nodes: steps.map((step, index) => ({
      id: step.id,
      key: step.id,
      type: step.type,
      name: cleanName(step.name.slice(0, 100)) || step.id,
      position: { x: index * 280, y: 0 },
      config: configOf(step, steps, background),
    })),
    edges: steps.flatMap(({ id, after }, index) =>
      [...new Set(after)].map((from, way) => {
        const [source = '', sourcePort = 'out'] = from.split(':');
        return { id: `e${index}-${way}`, source, sourcePort, target: id };
      }),
    ),
  };
}

function configOf(
  step: PlannedStep,
  steps: readonly PlannedStep[],
  background: Background,
): Definition['nodes'][number]['config'] {
  const { type, instruction } = step;
  switch (type) {
    case 'agent':
      return { agent: step.agent, prompt: promptOf(step, steps, background) };
    case 'model':
      return { prompt: promptOf(step, steps, background) };
    case 'transform':
      return { expression: instruction };
    case 'switch':
      return { cases: [{ id: 'yes', label: 'Yes', condition: instruction }] };
    case 'http':
      return { url: instruction };
  }
}

/** What is written here stays as it is, whoever wrote it: braces of a goal or a result are no template. */
const literal = (text: string) => text.replaceAll('{{', '\\{{');

/** The instruction with the goal, and with the results that it builds on. */
function promptOf(
  step: PlannedStep,
  steps: readonly PlannedStep[],
  background: Background,
): string {
  const before = steps.filter(
    ({ id, type }) => type !== 'switch' && step.after.some((from) => from.split(':')[0] === id),
  );
  const results = before.map(({ id, name, type }) => {
    const value = `steps.${id}.output${type === 'agent' || type === 'model' ? '.text' : ''}`;
    return `Result of “${literal(name)}”:\n{{ has(steps.${id}.output) ? ${value} : "It was skipped." }}`;
  });
  return [
    step.instruction,
    ...results,
    ...(background.found === '' ? [] : [`Found before:\n${literal(background.found)}`]),
    `All of this serves one goal:\n${literal(background.goal)}`,
  ].join('\n\n');
}
