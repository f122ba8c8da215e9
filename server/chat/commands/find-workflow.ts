import { AppError } from '@/lib/api/errors';
import { listWorkflows as contract } from '@/lib/workflows/contract';
import { listWorkflows } from '@/server/workflows/list-workflows';
import type { Asked } from './act';

/** The workflow with this name. Throws `not_found` with names that were perhaps meant, and `conflict` for several. */
export async function workflowNamed({ services, actor, argument }: Asked) {
  const query = contract.query.parse({ q: argument, limit: 50 });
  const { items } = await listWorkflows(services, actor, { params: {}, query, body: undefined });
  const wanted = argument.toLowerCase();
  const same = items.filter(({ name }) => name.toLowerCase() === wanted);
  const [first] = same.length > 0 ? same : items.length === 1 ? items : [];
  if (same.length > 1) {
    throw new AppError(
      'conflict',
      `There are ${same.length} workflows with this name. Rename one of them first.`,
    );
  }
  if (first !== undefined) return first;
  const near = items.slice(0, 3).map(({ name }) => `“${name}”`);
  const hint = near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
  throw new AppError('not_found', `There is no workflow “${argument.slice(0, 100)}”.${hint}`);
}
