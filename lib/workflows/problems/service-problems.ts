import { isBound } from '@/lib/connections/hosts';
import { convert, nameOf, ServiceValueError } from '@/lib/services/request/convert';
import type { Operation } from '@/lib/services/schema';
import { isRecord, listIn } from '@/lib/values/unknown';
import type { Definition, Problem, WorkflowNode } from '../schema';
import type { KnownConnection } from './connection-problems';

/** What is known of an operation that a step names; nothing of one that is not there. */
export type KnownOperation = {
  service: string;
  operation: string;
  found:
    | { name: string; serverUrl: string; asksWho: boolean; operation: Operation | undefined }
    | undefined;
};

/** The operations that steps name, each once. */
export function namedOperations({
  nodes,
}: Pick<Definition, 'nodes'>): { service: string; operation: string }[] {
  const named = nodes
    .filter(({ type }) => type === 'service')
    .map(({ config }) => ({
      service: String(config.service ?? ''),
      operation: String(config.operation ?? ''),
    }))
    .filter(({ service, operation }) => service !== '' && operation !== '');
  return [...new Map(named.map((one) => [JSON.stringify(one), one])).values()];
}

/** Steps that call what is not there, or give it what does not fit. Values with expressions are checked when they are known. */
export function serviceProblems(
  { nodes }: Definition,
  known: readonly KnownOperation[],
  connections: readonly KnownConnection[] | undefined,
): Problem[] {
  return nodes.flatMap((node) => {
    if (node.type !== 'service' || node.disabled) return [];
    const { service, operation } = node.config;
    const one = known.find((each) => each.service === service && each.operation === operation);
    if (one === undefined) return [];
    const error = (code: string, message: string, path: Problem['path']): Problem => ({
      ...{ severity: 'error', code, message, nodeId: node.id, path },
    });
    const { found } = one;
    if (found === undefined) {
      const message = `There is no service "${one.service}" in this workspace. Add it in Settings, or choose another one.`;
      return [error('unknown_service', message, ['service'])];
    }
    if (found.operation === undefined) {
      const message = `${found.name} has no operation "${one.operation}" any more. Choose another one.`;
      return [error('unknown_operation', message, ['operation'])];
    }
    if (found.operation.unsupported !== undefined) {
      return [error('unsupported_operation', found.operation.unsupported, ['operation'])];
    }
    return [...parameterProblems(node, found.operation), ...whoProblems(node, found, connections)];
  });
}

function parameterProblems(node: WorkflowNode, operation: Operation): Problem[] {
  const rows = listIn(node.config.parameters).filter(isRecord);
  const replaced = typeof node.config.body === 'string' && node.config.body.trim() !== '';
  const at = { nodeId: node.id };
  const given = new Set(
    rows
      .filter(({ value }) => typeof value === 'string' && value.trim() !== '')
      .map(({ name }) => name),
  );
  const missing = operation.fields
    .filter(
      (field) => field.required && !given.has(field.key) && !(replaced && field.in === 'body'),
    )
    .map((field): Problem => {
      const index = rows.findIndex(({ name }) => name === field.key);
      const path = index < 0 ? ['parameters'] : ['parameters', index, 'value'];
      return {
        severity: 'error',
        code: 'missing_parameter',
        message: `Enter "${nameOf(field)}".`,
        path,
        ...at,
      };
    });
  return [...missing, ...rows.flatMap((row, index) => rowProblem(row, index, operation, node.id))];
}

function rowProblem(
  { name, value }: Record<string, unknown>,
  index: number,
  operation: Operation,
  nodeId: string,
): Problem[] {
  const field = operation.fields.find(({ key }) => key === name);
  if (typeof value !== 'string' || value.trim() === '') return [];
  const told = (code: string, message: string): Problem[] => [
    { severity: 'error', code, message, nodeId, path: ['parameters', index, 'value'] },
  ];
  if (field === undefined) {
    return told(
      'unknown_parameter',
      `"${operation.title}" has no parameter "${String(name)}". Remove it.`,
    );
  }
  if (value.includes('{{')) return [];
  try {
    const converted = convert(field, value);
    const { options } = field;
    if (options === undefined || Array.isArray(converted) || options.includes(String(converted)))
      return [];
    return told('invalid_parameter', `Choose ${options.slice(0, 12).join(', ')}.`);
  } catch (error) {
    if (ServiceValueError.isInstance(error)) return told('invalid_parameter', error.message);
    throw error;
  }
}

function whoProblems(
  { id, config }: WorkflowNode,
  { name, serverUrl, asksWho, operation }: NonNullable<KnownOperation['found']>,
  connections: readonly KnownConnection[] | undefined,
): Problem[] {
  const at = { nodeId: id, path: ['connection'] };
  const { connection } = config;
  if (typeof connection !== 'string' || connection === '') {
    if (!asksWho) return [];
    const message = `${name} asks who calls it: choose a connection, or add one.`;
    return [{ severity: 'warning', code: 'no_connection', message, ...at }];
  }
  const used = connections?.find((one) => one.name === connection);
  const server = operation?.server ?? serverUrl;
  const hosts = used?.request?.hosts;
  if (hosts === undefined || !URL.canParse(server) || /[{}]/.test(server)) return [];
  if (isBound(hosts, new URL(server))) return [];
  const { origin } = new URL(server);
  const message = `The connection "${connection}" is only for ${hosts.join(', ')}, not for ${origin}.`;
  return [{ severity: 'error', code: 'connection_host', message, ...at }];
}
