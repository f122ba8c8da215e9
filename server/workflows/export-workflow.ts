import type { InputOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { exportWorkflow as contract } from '@/lib/workflows/contract';
import { exportFileName, exportWorkflow as write } from '@/lib/workflows/definition/export';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { requireWorkflow } from './require-workflow';

/** The draft as a file to save. Throws `not_found`. */
export async function exportWorkflow(
  services: Services,
  actor: Actor,
  { params, query }: InputOf<typeof contract>,
): Promise<Response> {
  const { id } = await requireWorkflow(services, actor, params.id);
  const definition = await services.drafts.read(id);
  await insertAudit(
    services.pool,
    actor,
    'workflow.exported',
    { type: 'workflow', id: id },
    { format: query.format },
  );
  return new Response(write(definition, query.format), {
    headers: {
      'content-type': `application/${query.format}; charset=utf-8`,
      'content-disposition': `attachment; filename="${exportFileName(definition, query.format)}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}
