import { randomUUID } from 'node:crypto';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { workflowFromDescription as contract } from '@/lib/from-words/contract';
import { type Drafted, definitionOf } from '@/lib/from-words/drafted';
import { triggerWords } from '@/lib/from-words/trigger/drafted-trigger';
import { withoutModel } from '@/lib/from-words/without-model';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { compile } from '@/lib/workflows/compile';
import type { Definition, Problem } from '@/lib/workflows/schema';
import { holdRate } from '@/server/chat/hold-rate';
import { uuidOf } from '@/server/db/uuid-of';
import { readIdempotencyKey } from '@/server/idempotency/read-key';
import type { Services } from '@/server/services';
import { estimatePlan } from '@/server/spending/estimate/estimate-workflow';
import { addWorkflow } from '@/server/workflows/create-workflow';
import { problemsOf } from '@/server/workflows/view-workflow';
import { askModel } from './ask-model';
import { knownOf } from './known-of';
import { makeVariants } from './make-variants';

type Result = ResultOf<typeof contract>;
type Made = { drafted: Drafted; definition: Definition; made: Result['made'] };

/**
 * Makes a workflow of a description: a model drafts it where one is available, else a template or rules do, and it says
 * which. It has no problems in this workspace, or it is not made. The same Idempotency-Key goes on with the runs and the
 * workflow that it began. Throws `too_many_requests`, and `has_problems` where not even the rules give one without.
 */
export async function makeFromDescription(
  services: Services,
  actor: Actor,
  { body }: InputOf<typeof contract>,
  request: Request,
): Promise<Result> {
  const key = readIdempotencyKey(request);
  const idOf = (part: string) =>
    key === undefined
      ? randomUUID()
      : uuidOf(JSON.stringify(['from-description', actor.workspaceId, actor.userId, key, part]));
  await holdRate(services, actor);
  const known = await knownOf(services, actor, body.timeZone ?? 'UTC');
  const problems = (definition: Definition) =>
    problemsOf(services, actor, definition, idOf('workflow'));
  const asked = body.useModel
    ? await askModel(services, actor, { ...body, known, idOf, problems, signal: request.signal })
    : { ok: false as const, why: 'No model was asked.', runs: [] };
  const found: Made = asked.ok
    ? asked
    : await byWords(body, known, { why: asked.why, runs: asked.runs, problems });
  const { drafted, definition, made } = found;
  const plan = compile(definition, catalogue);
  const { models: _, ...estimate } = await estimatePlan(services, actor.workspaceId, plan);
  const varied = body.variants
    ? await makeVariants(services, actor, {
        ...{ drafted, definition, problems, idOf, signal: request.signal },
      })
    : { variants: [], fewer: [] };
  const id = body.create
    ? await addWorkflow(services, actor, definition, { folder: body.folder, id: idOf('workflow') })
    : null;
  return {
    ...{ id, name: definition.name, definition, trigger: drafted.trigger, made, estimate },
    ...varied,
    steps: drafted.steps.map(({ id: step, type, name, does }) => ({ id: step, type, name, does })),
    starts: triggerWords(drafted.trigger),
    assumptions: drafted.assumptions,
  };
}

type Words = {
  why: string;
  runs: string[];
  problems: (definition: Definition) => Promise<Problem[]>;
};

async function byWords(
  { description, name }: InputOf<typeof contract>['body'],
  known: Awaited<ReturnType<typeof knownOf>>,
  { why, runs, problems }: Words,
): Promise<Made> {
  const { template, ...drafted } = withoutModel(description, name, known);
  const definition = definitionOf(drafted, catalogue);
  const found = await problems(definition);
  if (found.length > 0) {
    const message = `No workflow was made: ${found[0]?.message} Say it in other words, or begin with a template.`;
    throw new AppError('has_problems', message, { problems: found.slice(0, 20) });
  }
  const how =
    template === undefined
      ? 'The steps follow the words of the description by simple rules: read them before you use them.'
      : 'It is the ready-made template that fits the description best.';
  return {
    ...{ drafted, definition },
    made: {
      by: template === undefined ? 'rules' : 'template',
      ...{ model: null, template: template ?? null, note: `${why} ${how}`, runs },
    },
  };
}
