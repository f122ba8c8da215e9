import { isBound } from '@/lib/connections/hosts';
import { type ConnectionSettings, placeOf } from '@/lib/connections/schema';
import { isRecord } from '@/lib/values/unknown';
import { configFields } from '../config-fields';
import { type Catalogue, typeNamed } from '../node-catalogue';
import type { Definition, Problem, WorkflowNode } from '../schema';

/** What is known of a connection, without anything secret. */
export type KnownConnection = {
  name: string;
  hosts: readonly string[];
  /** The header or query parameter that it sets. */
  place: { in: 'header' | 'query'; name: string };
  /** Workflows that may use it; null: all. */
  workflowIds: readonly string[] | null;
};

/** What the check of a workflow needs of a connection. */
export const knownOf = (
  given: ConnectionSettings & { name: string; allowedWorkflowIds: readonly string[] | null },
): KnownConnection => ({
  name: given.name,
  hosts: given.config.hosts,
  place: placeOf(given),
  workflowIds: given.allowedWorkflowIds,
});

/** Steps that name a connection which is not there, may not be used here, or does not fit the request. */
export function connectionProblems(
  { nodes }: Definition,
  catalogue: Catalogue,
  known: readonly KnownConnection[],
  workflowId: string | undefined,
): Problem[] {
  return nodes.flatMap((node) => {
    const type = typeNamed(catalogue, node.type);
    if (type === undefined || node.disabled) return [];
    return configFields(type, node.config).flatMap(({ path, value, widget }) => {
      if (widget !== 'connection' || typeof value !== 'string' || value === '') return [];
      const found = known.find(({ name }) => name === value);
      const at = { nodeId: node.id, path };
      if (found === undefined) {
        const message = `There is no connection "${value}" in this workspace. Add it in Settings, or choose another one.`;
        return [{ severity: 'error' as const, code: 'unknown_connection', message, ...at }];
      }
      const allowed = found.workflowIds;
      if (allowed !== null && workflowId !== undefined && !allowed.includes(workflowId)) {
        const message = `The connection "${value}" may not be used by this workflow.`;
        return [{ severity: 'error' as const, code: 'connection_forbidden', message, ...at }];
      }
      return [...hostProblems(node, found), ...clashes(node, found)];
    });
  });
}

/** An address whose host is written out can be checked before the run. */
function hostProblems(node: WorkflowNode, { name, hosts }: KnownConnection): Problem[] {
  const { url } = node.config;
  if (typeof url !== 'string') return [];
  const origin = /^\s*https?:\/\/[^/?#{}\s]+(?=[/?#]|\s*$)/i.exec(url)?.[0].trim();
  if (origin === undefined || !URL.canParse(origin)) return [];
  if (isBound(hosts, new URL(origin))) return [];
  const message = `The connection "${name}" is only for ${hosts.join(', ')}, not for ${origin}.`;
  return [{ severity: 'error', code: 'connection_host', message, nodeId: node.id, path: ['url'] }];
}

/** What is entered by hand under the name that the connection sets. */
function clashes(node: WorkflowNode, { name, place }: KnownConnection): Problem[] {
  const field = place.in === 'header' ? 'headers' : 'query';
  const rows: unknown = node.config[field];
  if (!Array.isArray(rows)) return [];
  return rows.flatMap((row: unknown, index) => {
    const given = isRecord(row) ? String(row.name) : '';
    const same =
      place.in === 'header'
        ? given.toLowerCase() === place.name.toLowerCase()
        : given === place.name;
    if (!same) return [];
    const message = `The connection "${name}" sets ${given}; the value entered here is not sent.`;
    const path = [field, index, 'name'];
    return [
      { severity: 'warning' as const, code: 'connection_wins', message, nodeId: node.id, path },
    ];
  });
}
