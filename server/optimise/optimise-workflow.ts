import { isDeepStrictEqual } from 'node:util';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { catalogue } from '@/lib/nodes/catalogue';
import type { optimiseWorkflow as contract } from '@/lib/optimise/contract';
import { optimise, type Rewrite } from '@/lib/optimise/optimise';
import { can } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import type { Definition } from '@/lib/workflows/schema';
import type { Services } from '@/server/services';
import { createSuggestion } from '@/server/suggestions/create-suggestion';
import { requireWorkflow } from '@/server/workflows/require-workflow';
import { problemsOf } from '@/server/workflows/view-workflow';
import { rehearsedOutput } from './rehearsed-output';

/**
 * Suggests what makes a draft do less, or do it sooner, and give the same. Both are rehearsed with the same input first. Throws
 * `has_problems` for a draft that cannot run, `conflict` where one of the rehearsals does not end or the outputs differ.
 */
export async function optimiseWorkflow(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
  request?: Pick<Request, 'signal'>,
): Promise<ResultOf<typeof contract>> {
  if (!can(actor.role, 'workflows.suggest')) {
    throw new AppError('forbidden', 'Your role may not suggest changes.');
  }
  const { id } = await requireWorkflow(services, actor, params.id);
  const before = await services.drafts.read(id);
  await refuseProblems(services, actor, before, id);
  const { definition: after, rewrites } = optimise(before, catalogue);
  if (rewrites.length === 0) return { suggestionId: null, rewrites };
  await refuseProblems(services, actor, after, id);
  const how = { input: body?.input ?? {}, signal: request?.signal ?? new AbortController().signal };
  const [was, is] = await Promise.all([
    rehearsedOutput(services, actor, { ...how, definition: before }),
    rehearsedOutput(services, actor, { ...how, definition: after }),
  ]);
  if (!isDeepStrictEqual(was, is)) {
    throw new AppError(
      'conflict',
      'Nothing is suggested: rehearsed, the rewritten workflow did not give the same.',
    );
  }
  const { id: suggestionId } = await createSuggestion(services, actor, {
    ...{ params: { id }, query: {} },
    body: { title: titleOf(rewrites), note: noteOf(rewrites), status: 'open', definition: after },
  });
  return { suggestionId, rewrites };
}

async function refuseProblems(
  services: Services,
  actor: Actor,
  definition: Definition,
  id: string,
): Promise<void> {
  const problems = await problemsOf(services, actor, definition, id);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  const message = `The draft has problems. Mend them first: ${errors[0]?.message}`;
  throw new AppError('has_problems', message, { problems: errors.slice(0, 20) });
}

function titleOf(rewrites: readonly Rewrite[]): string {
  const count = (kind: Rewrite['kind']) => rewrites.filter((each) => each.kind === kind).length;
  const parts = [
    [count('drop'), 'taken out'],
    [count('merge'), 'merged'],
    [count('parallel'), 'at the same time'],
  ] as const;
  const said = parts.flatMap(([n, words]) => (n > 0 ? [`${n} ${words}`] : []));
  return `Optimise: ${said.join(', ')}`;
}

function noteOf(rewrites: readonly Rewrite[]): string {
  const lines = rewrites.map(({ does, proof }) => `- ${does} ${proof}`);
  const end =
    'Accept all of it or none: one rewrite may build on another. Rehearsed, both give the same.';
  return [...lines, '', end].join('\n').slice(0, 10_000);
}
