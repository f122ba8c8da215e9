import { isBound } from '@/lib/connections/hosts';
import {
  type ConnectionKind,
  type ConnectionSettings,
  forRequests,
  placeOf,
} from '@/lib/connections/schema';
import { isRecord } from '@/lib/values/unknown';
import { configFields } from '../config-fields';
import { type Catalogue, typeNamed } from '../node-catalogue';
import type { Definition, Problem, WorkflowNode } from '../schema';

/** What is known of a connection, without anything secret. */
export type KnownConnection = {
  name: string;
  kind: ConnectionKind;
  /** Of one for requests: its hosts, and the header or query parameter that it sets. */
  request?: { hosts: readonly string[]; place: { in: 'header' | 'query' | 'path'; name: string } };
  /** Workflows that may use it; null: all. */
  workflowIds: readonly string[] | null;
  /** People who alone may put it to use; null: everybody. */
  userIds: readonly string[] | null;
};

/** Whom the problems are told, where they differ by person, and of which workflow. */
export type Asker = { workflowId?: string | undefined; userId?: string | undefined };

/** What the check of a workflow needs of a connection. */
export function knownOf(
  given: ConnectionSettings & {
    name: string;
    allowedWorkflowIds: readonly string[] | null;
    allowedUserIds: readonly string[] | null;
  },
): KnownConnection {
  const { name, kind, allowedWorkflowIds, allowedUserIds } = given;
  const sent = forRequests(given);
  return {
    ...{ name, kind, workflowIds: allowedWorkflowIds, userIds: allowedUserIds },
    ...(sent ? { request: { hosts: sent.config.hosts, place: placeOf(sent) } } : {}),
  };
}

/** The one connection of these kinds that the workflow and the person may use; undefined where there are none, or several. */
export function onlyConnection(
  known: readonly KnownConnection[],
  kinds: readonly string[],
  { workflowId, userId }: Asker,
): string | undefined {
  const may = (allowed: readonly string[] | null, id: string | undefined) =>
    allowed === null || (id !== undefined && allowed.includes(id));
  const [one, ...more] = known.filter(
    ({ kind, workflowIds, userIds }) =>
      kinds.includes(kind) && may(workflowIds, workflowId) && may(userIds, userId),
  );
  return more.length > 0 ? undefined : one?.name;
}

/** Steps that name a connection which is not there, may not be used here, or does not fit the request. */
export function connectionProblems(
  { nodes }: Definition,
  catalogue: Catalogue,
  known: readonly KnownConnection[],
  { workflowId, userId }: Asker,
): Problem[] {
  return nodes.flatMap((node) => {
    const type = typeNamed(catalogue, node.type);
    if (type === undefined || node.disabled) return [];
    return configFields(type, node.config).flatMap(({ path, value, widget, kinds }) => {
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
      if (kinds !== undefined && !kinds.includes(found.kind)) {
        const message = `The connection "${value}" is of another kind. Choose one that this step can use.`;
        return [{ severity: 'error' as const, code: 'connection_kind', message, ...at }];
      }
      const { name, request, userIds } = found;
      const mine = userId === undefined || userIds === null || userIds.includes(userId);
      const others = mine ? [] : [{ ...forOthers(name), ...at }];
      if (request === undefined) return others;
      const sent = { name, ...request };
      return [...others, ...hostProblems(node, sent), ...clashes(node, sent)];
    });
  });
}

/** No error: a version that one of them published goes on, whoever starts it. */
const forOthers = (name: string) => ({
  severity: 'warning' as const,
  code: 'connection_people',
  message: `The connection "${name}" is for named people only: you cannot publish this, and the step fails where you run the draft.`,
});

type Sent = { name: string } & NonNullable<KnownConnection['request']>;

/** An address whose host is written out can be checked before the run. */
function hostProblems(node: WorkflowNode, { name, hosts }: Sent): Problem[] {
  const { url } = node.config;
  if (typeof url !== 'string') return [];
  const origin = /^\s*https?:\/\/[^/?#{}\s]+(?=[/?#]|\s*$)/i.exec(url)?.[0].trim();
  if (origin === undefined || !URL.canParse(origin)) return [];
  if (isBound(hosts, new URL(origin))) return [];
  const message = `The connection "${name}" is only for ${hosts.join(', ')}, not for ${origin}.`;
  return [{ severity: 'error', code: 'connection_host', message, nodeId: node.id, path: ['url'] }];
}

/** What is entered by hand under the name that the connection sets. */
function clashes(node: WorkflowNode, { name, place }: Sent): Problem[] {
  if (place.in === 'path') return [];
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
