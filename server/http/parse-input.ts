import type { z } from 'zod';
import type { Contract, InputOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { isStorable } from '@/lib/api/json/check-json';
import { type Issue, issuesOf } from './input-issues';

/**
 * Checks params, query and body against a contract: unknown fields are refused and named, and every fault is told
 * at once with its path. Throws `invalid_input`; for a path parameter of the wrong shape `not_found`, since
 * nothing can have such an id.
 */
export function parseInput<C extends Contract>(
  contract: C,
  given: { params: Record<string, unknown>; query: URLSearchParams; body: unknown },
): InputOf<C> {
  const params = contract.params.safeParse(given.params);
  if (!params.success || !Object.values(given.params).every((each) => isStorable(String(each)))) {
    const why = params.error?.issues.find(({ code }) => code === 'custom');
    const said = why === undefined ? '' : ` “${String(why.path[0])}” ${why.message}`;
    throw new AppError('not_found', `There is nothing at this address.${said}`);
  }
  const issues: Issue[] = [];
  const query = contract.query.safeParse(readQuery(given.query, issues));
  if (!query.success) issues.push(...issuesOf('query', query.error, contract.query));
  const body = parseBody(contract.body, given.body);
  if (!body.success) issues.push(...issuesOf('body', body.error, contract.body));
  if (issues.length > 0 || !query.success || !body.success) {
    const shown = issues.slice(0, 3).map((issue) => `${issue.path}: ${issue.message}`);
    const more = issues.length > 3 ? ` (and ${issues.length - 3} more)` : '';
    throw new AppError('invalid_input', `${shown.join('; ')}${more}.`, { issues });
  }
  return { params: params.data, query: query.data, body: body.data } as InputOf<C>;
}

/** Nothing and an empty object mean the same, so that neither `curl -X POST` nor a client that always sends JSON fails. */
function parseBody(schema: z.ZodType, body: unknown) {
  const first = schema.safeParse(body);
  if (first.success) return first;
  if (body === undefined) {
    const empty = schema.safeParse({});
    if (empty.success) return empty;
  } else if (isEmptyObject(body)) {
    const none = schema.safeParse(undefined);
    if (none.success) return none;
  }
  return first;
}

function isEmptyObject(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length === 0
  );
}

function readQuery(search: URLSearchParams, issues: Issue[]): Record<string, string> {
  const query = new Map<string, string>();
  for (const [name, value] of search) {
    if (query.has(name)) issues.push({ path: `query.${name}`, message: 'is given twice' });
    if (!isStorable(name) || !isStorable(value)) {
      issues.push({ path: 'query', message: 'holds a NUL character or half of a surrogate pair' });
    }
    query.set(name, value);
  }
  return Object.fromEntries(query);
}
