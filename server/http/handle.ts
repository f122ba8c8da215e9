import { createHmac } from 'node:crypto';
import { type Contract, honoursKey, type InputOf, type ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { tagOf } from '@/lib/api/if-match';
import { can, type Permission } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import { at } from '@/lib/values/unknown';
import { answerOnce, type KeyedRequest } from '@/server/idempotency/answer-once';
import { hashOf } from '@/server/idempotency/hash-of';
import { readIdempotencyKey } from '@/server/idempotency/read-key';
import { actorOf, type Caller, readCaller } from '@/server/people/read-actor';
import { type Services, services as sharedServices } from '@/server/services';
import { checkOrigin } from './check-origin';
import { parseInput } from './parse-input';
import { readBody, readBytes } from './read-body';
import { respondError, respondJson } from './respond';

/** What Next hands to a route besides the request. */
export type RouteContext = {
  params: Promise<Record<string, string | string[] | undefined> | undefined>;
};
/** A route handler that knows its contract, for the tests that compare routes with contracts. */
export type Handler = ((request: Request, context: RouteContext) => Promise<Response>) & {
  contract: Contract;
};

/** Who asks, as the contract's access has it: checked before anything of the request is read. */
type Asker = { caller?: Caller; actor?: Actor; cookies: string[] };

/**
 * A contract as a route handler for members of a workspace. In this order: who asks (API key or session), Origin of
 * changes with a cookie, the workspace, the role's permission, params, query and body, then the use case. A result
 * that is a `Response` is passed on as it is; others become JSON with the contract's status.
 */
export function handle<C extends Contract>(
  contract: C,
  useCase: (
    services: Services,
    actor: Actor,
    input: InputOf<C>,
    request: Request,
  ) => Promise<ResultOf<C> | Response>,
): Handler {
  const { permission } = contract;
  if (permission === 'anyone' || permission === 'signed-in') throw wrongHandler(contract);
  return toHandler(contract, admitMember(permission), (services, { actor }, input, request) => {
    if (!actor) throw wrongHandler(contract);
    return useCase(services, actor, input, request);
  });
}

/**
 * The same for a contract whose body is large: nothing of it is read before the use case asks for it, so that those who
 * wait for their turn cost nothing.
 */
export function handleUnread<C extends Contract>(
  contract: C,
  useCase: (
    services: Services,
    actor: Actor,
    input: InputOf<C>,
    read: () => Promise<unknown>,
  ) => Promise<ResultOf<C> | Response>,
): Handler {
  const { permission } = contract;
  if (permission === 'anyone' || permission === 'signed-in') throw wrongHandler(contract);
  return toHandler(
    contract,
    admitMember(permission),
    (services, { actor }, input, request) => {
      if (!actor) throw wrongHandler(contract);
      return useCase(services, actor, input, () => readBody(request, contract));
    },
    async () => undefined,
  );
}

/** The same for a contract of `signed-in`: any person, with or without a workspace. */
export function handleSignedIn<C extends Contract>(
  contract: C,
  useCase: (
    services: Services,
    caller: Caller,
    input: InputOf<C>,
    request: Request,
  ) => Promise<ResultOf<C> | Response>,
): Handler {
  if (contract.permission !== 'signed-in') throw wrongHandler(contract);
  return toHandler(
    contract,
    async (services, request) => {
      const caller = await readTrusted(services, request);
      return { caller, cookies: cookiesOf(caller) };
    },
    (services, { caller }, input, request) => {
      if (!caller) throw wrongHandler(contract);
      return useCase(services, caller, input, request);
    },
  );
}

/** The same for a contract of `anyone`. Changes are still refused to pages of other origins. */
export function handleAnyone<C extends Contract>(
  contract: C,
  useCase: (
    services: Services,
    input: InputOf<C>,
    request: Request,
  ) => Promise<ResultOf<C> | Response>,
): Handler {
  if (contract.permission !== 'anyone') throw wrongHandler(contract);
  return toHandler(
    contract,
    async (services, request) => {
      checkOrigin(services.config, request);
      return { cookies: [] };
    },
    (services, _asker, input, request) => useCase(services, input, request),
  );
}

/** A body that nobody has read yet: whoever must know first who sent it reads it, and parses what was signed. */
export type UnreadBody = {
  /** The bytes as they were sent, at most 1 MiB unless said. Throws `too_large`. */
  read(maxBytes?: number): Promise<Uint8Array>;
};

/**
 * The same for a contract of `anyone` whose requests prove by themselves who sent them: nothing but the path is looked at
 * before the use case asks for it. It checks where a browser's request comes from, too.
 */
export function handleForeign<C extends Contract>(
  contract: C,
  useCase: (
    services: Services,
    input: Pick<InputOf<C>, 'params'>,
    body: UnreadBody,
    request: Request,
  ) => Promise<Response>,
): Handler {
  if (contract.permission !== 'anyone') throw wrongHandler(contract);
  return toHandler(
    contract,
    async () => ({ cookies: [] }),
    (services, _asker, input, request) => {
      const read = (maxBytes = contract.maxBytes) => readBytes(request, maxBytes);
      return useCase(services, input, { read }, request);
    },
    async () => undefined,
    () => new URLSearchParams(),
  );
}

/** Who asks, as a member whose role has the permission. */
function admitMember(permission: Permission) {
  return async (services: Services, request: Request): Promise<Asker> => {
    const caller = await readTrusted(services, request);
    const actor = await actorOf(services, caller, request.headers.get('x-workspace'));
    if (!can(actor.role, permission)) {
      const message = `Your role here, ${actor.role}, does not allow this. An admin can change it.`;
      throw new AppError('forbidden', message, { permission });
    }
    return { caller, actor, cookies: cookiesOf(caller) };
  };
}

function toHandler<C extends Contract>(
  contract: C,
  admit: (services: Services, request: Request) => Promise<Asker>,
  run: (
    services: Services,
    asker: Asker,
    input: InputOf<C>,
    request: Request,
  ) => Promise<ResultOf<C> | Response>,
  bodyOf: (request: Request, contract: Contract) => Promise<unknown> = readBody,
  queryOf = (request: Request) => new URL(request.url).searchParams,
): Handler {
  const handler = async (request: Request, context: RouteContext): Promise<Response> => {
    const services = sharedServices();
    try {
      const asker = await admit(services, request);
      const input = parseInput(contract, {
        params: (await context.params) ?? {},
        query: queryOf(request),
        body: await bodyOf(request, contract),
      });
      const answer = async () => {
        const result = await run(services, asker, input, request);
        if (result instanceof Response) return result;
        const checked = checkResult(services, contract, result);
        return respondJson(checked, contract.status, tagHeader(contract, result));
      };
      const keyed = keyedRequest(services, contract, asker, input, request);
      const response = await (keyed ? answerOnce(services, keyed, answer) : answer());
      for (const cookie of asker.cookies) response.headers.append('Set-Cookie', cookie);
      return response;
    } catch (error) {
      return respondError(services.log, error, contract.id);
    }
  };
  return Object.assign(handler, { contract });
}

/** The request under its Idempotency-Key, where the contract leaves that to this place. */
function keyedRequest(
  { config: { authSecret } }: Services,
  contract: Contract,
  { actor, caller }: Asker,
  input: unknown,
  request: Request,
): KeyedRequest | undefined {
  const userId = actor?.userId ?? caller?.person.userId;
  if (!honoursKey(contract) || contract.ownKeys || userId === undefined) return undefined;
  const key = readIdempotencyKey(request);
  if (key === undefined) return undefined;
  const scope = JSON.stringify([actor?.workspaceId ?? null, userId, contract.id]);
  const hash = hashOf(input);
  if (!contract.holdsSecret) return { scope, key, hash, resumes: contract.resumes };
  return { scope, key, hash: createHmac('sha256', authSecret).update(hash).digest('hex') };
}

async function readTrusted(services: Services, request: Request): Promise<Caller> {
  const caller = await readCaller(services, request.headers);
  if (caller.by === 'session') checkOrigin(services.config, request);
  return caller;
}

function cookiesOf(caller: Caller): string[] {
  return caller.by === 'session' ? caller.session.cookies : [];
}

/** Outside production a result that breaks its contract fails loudly; in production people get it as it is. */
function checkResult(services: Services, contract: Contract, result: unknown): unknown {
  return services.config.production ? result : contract.result.parse(result);
}

function tagHeader({ conditional }: Contract, result: unknown): Record<string, string> {
  const number = at(result, 'draftNumber');
  return conditional && typeof number === 'number' ? { ETag: tagOf(number) } : {};
}

function wrongHandler(contract: Contract): Error {
  return new Error(
    `${contract.id} has the access ${contract.permission}: use the handler made for that.`,
  );
}
