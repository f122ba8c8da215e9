import type { Definition, Problem } from '../schema';

const types: readonly string[] = ['send-message', 'ask-message', 'receive-messages'];

/** Steps that name a pool which is not there. A name that is put together is known when the step runs. */
export function poolProblems({ nodes }: Definition, known: readonly string[]): Problem[] {
  return nodes.flatMap(({ id, type, disabled, config: { kind, name } }) => {
    const isPool = kind === 'pool' || (type === 'receive-messages' && kind === undefined);
    if (disabled || !types.includes(type) || !isPool) return [];
    if (typeof name !== 'string' || name.trim() === '' || name.includes('{{')) return [];
    if (known.includes(name.trim())) return [];
    const message = `There is no pool "${name.trim()}" in this workspace. Create it under Agents, or name another one.`;
    return [{ severity: 'error', code: 'unknown_pool', message, nodeId: id, path: ['name'] }];
  });
}
