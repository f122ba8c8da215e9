import { AppError } from '@/lib/api/errors';
import { listWorkflows as contract } from '@/lib/workflows/contract';
import { listWorkflows } from '@/server/workflows/list-workflows';
import type { Asked } from './act';

type Named = { id: string; name: string };

/** The workflow with this name. Throws `not_found` with names that were perhaps meant, and `conflict` for several. */
export async function workflowNamed(asked: Asked): Promise<Named> {
  const items = await workflowsLike(asked, asked.argument);
  const found = onlyOne(asked.argument, items) ?? (items.length === 1 ? items[0] : undefined);
  if (found !== undefined) return found;
  const near = items.slice(0, 3).map(({ name }) => `“${name}”`);
  const hint = near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
  throw new AppError('not_found', `There is no workflow “${asked.argument.slice(0, 100)}”.${hint}`);
}

/** The same, or the workflow with whose name it begins, and what stands behind that. Throws as `workflowNamed`. */
export async function workflowWithText(asked: Asked): Promise<Named & { text: string }> {
  const { argument } = asked;
  const whole = onlyOne(argument, await workflowsLike(asked, argument));
  if (whole !== undefined) return { ...whole, text: '' };
  const items = await workflowsLike(asked, argument.split(/\s+/)[0] ?? '');
  const begun = items
    .filter(({ name }) => argument.toLowerCase().startsWith(`${name.toLowerCase()} `))
    .sort((a, b) => b.name.length - a.name.length)[0];
  const found = begun && onlyOne(begun.name, items);
  if (found === undefined) return { ...(await workflowNamed(asked)), text: '' };
  return { ...found, text: argument.slice(found.name.length).trim() };
}

async function workflowsLike({ services, actor }: Asked, q: string): Promise<Named[]> {
  const query = contract.query.parse({ q, limit: 50 });
  const { items } = await listWorkflows(services, actor, { params: {}, query, body: undefined });
  return items.map(({ id, name }) => ({ id, name }));
}

function onlyOne(wanted: string, items: readonly Named[]): Named | undefined {
  const same = items.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (same.length > 1) {
    throw new AppError(
      'conflict',
      `There are ${same.length} workflows with this name. Rename one of them first.`,
    );
  }
  return same[0];
}
