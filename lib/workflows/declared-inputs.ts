import { isRecord } from '@/lib/values/unknown';
import type { WorkflowNode } from './schema';

/** What webhooks, chats and mailboxes give a workflow whose start step declares no inputs. */
export const triggerInputs: ReadonlySet<string> = new Set([
  ...['request', 'body', 'headers', 'query'],
  'message',
]);

export type DeclaredInput = { name: string; type: string };

/**
 * The inputs that the start step of a draft declares; undefined where there is no such step. Where it declares none, a run
 * takes whatever it is given.
 */
export function declaredInputs(nodes: Iterable<WorkflowNode>): DeclaredInput[] | undefined {
  for (const node of nodes) {
    if (node.type !== 'start' || node.disabled) continue;
    const rows: unknown[] = Array.isArray(node.config.inputs) ? node.config.inputs : [];
    const inputs = rows
      .filter(isRecord)
      .flatMap(({ name, type }) =>
        typeof name === 'string' && name !== '' ? { name, type: String(type ?? 'text') } : [],
      );
    return inputs;
  }
  return undefined;
}
