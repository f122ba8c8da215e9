import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { can } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import { checkArgs } from '@/lib/tools/check-args';
import type { callTool as contract } from '@/lib/tools/contract';
import { nearNames } from '@/lib/tools/near-name';
import { planCall } from '@/lib/tools/plan-call';
import { startInline } from '@/server/runs/starting/start-inline';
import { triggerOf } from '@/server/runs/starting/trigger-of';
import type { Services } from '@/server/services';
import { findTools } from './find-tools';

/**
 * Uses a tool as a run of one step, so that approval, journal and retry are those of any other. Throws `not_found`,
 * `forbidden` and `invalid_input` before anything begins.
 */
export async function startCall(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
  request?: Pick<Request, 'headers'>,
): Promise<ResultOf<typeof contract>> {
  const tools = await findTools(services, actor.workspaceId);
  const tool = tools.find(({ name }) => name === params.name);
  if (tool === undefined) {
    const near = nearNames(
      params.name,
      tools.map(({ name }) => name),
    );
    const meant = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
    throw new AppError('not_found', `There is no tool "${params.name}".${meant}`);
  }
  if (!can(actor.role, tool.permission)) {
    throw new AppError('forbidden', `Your role may not use “${tool.title}”.`);
  }
  const checked = checkArgs(tool, body.args);
  if (!checked.ok) throw new AppError('invalid_input', checked.problem);
  const { definition, input } = planCall({ tool, ...body });
  const { name } = definition;
  const { id, status } = await startInline(services, actor, {
    ...{ definition, input, name, mode: 'live', trigger: triggerOf(request) },
  });
  return { id, status };
}
