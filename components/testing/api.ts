import { vi } from 'vitest';
import type { z } from 'zod';
import { contracts } from '@/lib/api/contracts';
import type { Contract, InputOf } from '@/lib/api/define-route';
import { type ErrorBody, type ErrorCode, errorTable } from '@/lib/api/errors';

type AnyContract = Contract<z.ZodObject, z.ZodObject, z.ZodType, z.ZodType>;
type Answer<C> =
  C extends Contract<z.ZodObject, z.ZodObject, z.ZodType, infer R> ? z.input<R> : never;
type Asked<C> = InputOf<C> & { headers: Headers };
type MaybeLater<Value> = Value | Promise<Value>;
type Handler = (asked: { params: unknown; query: unknown; body: unknown; headers: Headers }) => {
  status: number;
  body: unknown;
};
type LaterHandler = (...asked: Parameters<Handler>) => MaybeLater<ReturnType<Handler>>;
type RawHandler = (body: string) => MaybeLater<Response>;

/** What the server would answer, and what it answers where a test says nothing: taken back after each test. */
const usual = new Map<string, unknown>();
const handlers = new Map<string, LaterHandler>();
const raw = new Map<string, RawHandler>();
const asked: { id: string; input: unknown }[] = [];
/** What was asked against a contract, or answered against it: any of it fails the test. */
const faults: string[] = [];
let offline = false;

/**
 * The server, as `fetch` sees it. Questions and answers are checked by the schemas of their contracts, so a test that
 * no longer fits the API fails. A list that no test fills is empty; all else that nobody answers is a fault.
 */
export const api = {
  /** Answers a contract, with a value or by what was asked. */
  on<C extends AnyContract>(
    contract: C,
    answer: Answer<C> | ((asked: Asked<C>) => MaybeLater<Answer<C>>),
  ): void {
    const give = (typeof answer === 'function' ? answer : () => answer) as (
      asked: Asked<C>,
    ) => MaybeLater<Answer<C>>;
    handlers.set(contract.id, async (input) => ({
      status: contract.status,
      body: await give(input as Asked<C>),
    }));
  },
  /** Answers a contract that the test itself does not speak of. */
  usually<C extends AnyContract>(contract: C, answer: Answer<C>): void {
    usual.set(contract.id, answer);
  },
  /** Refuses a contract with an error of the table. */
  refuse(contract: AnyContract, code: ErrorCode, message: string, details?: unknown): void {
    const body: ErrorBody = {
      error: { code, message, ...(details === undefined ? {} : { details }) },
    };
    handlers.set(contract.id, () => ({ status: errorTable[code].status, body }));
  },
  /** Lets a contract wait for ever: what is shown meanwhile. */
  hold(contract: AnyContract): void {
    handlers.set(contract.id, () => new Promise(() => undefined));
  },
  /** Answers an address that has no contract. */
  raw(address: `${'GET' | 'POST'} /${string}`, answer: RawHandler): void {
    raw.set(address, answer);
  },
  /** Nothing gets through from now on. */
  goOffline(): void {
    offline = true;
  },
  goOnline(): void {
    offline = false;
  },
  /** What a contract was asked, the oldest first. */
  asked<C extends AnyContract>(contract: C): Asked<C>[] {
    return asked.filter(({ id }) => id === contract.id).map(({ input }) => input as Asked<C>);
  },
};

/** Puts the server in the place of `fetch`. */
export function startApi(): void {
  vi.stubGlobal('fetch', answerFetch);
  vi.stubGlobal('XMLHttpRequest', UploadRequest);
}

/** What an upload uses of `XMLHttpRequest`, answered as `fetch` is. */
class UploadRequest {
  readonly upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  status = 0;
  responseText = '';
  private readonly sent: { method: string; address: string; headers: Headers } = {
    ...{ method: '', address: '', headers: new Headers() },
  };
  private aborted = false;
  open(method: string, address: string): void {
    Object.assign(this.sent, { method, address });
  }
  setRequestHeader(name: string, value: string): void {
    this.sent.headers.set(name, value);
  }
  abort(): void {
    this.aborted = true;
    this.onabort?.();
  }
  async send(file: File): Promise<void> {
    const { method, address, headers } = this.sent;
    this.upload.onprogress?.({ loaded: file.size / 2, total: file.size });
    try {
      const answer = await answerFetch(address, { method, headers, body: await file.text() });
      this.status = answer.status;
      this.responseText = await answer.text();
      if (!this.aborted) this.onload?.();
    } catch {
      if (!this.aborted) this.onerror?.();
    }
  }
}

/** Forgets all answers; gives what went wrong since the last time. */
export function resetApi(): readonly string[] {
  handlers.clear();
  usual.clear();
  raw.clear();
  asked.length = 0;
  offline = false;
  return faults.splice(0);
}

async function answerFetch(address: string | URL, init: RequestInit = {}): Promise<Response> {
  init.signal?.throwIfAborted();
  if (offline) throw new TypeError('fetch failed');
  const method = init.method ?? 'GET';
  const url = new URL(address, 'http://localhost:3000');
  const body = typeof init.body === 'string' ? init.body : '';
  const other = raw.get(`${method} ${url.pathname}`);
  const answer = other ? await other(body) : await answerContract(method, url, body, init);
  init.signal?.throwIfAborted();
  return answer;
}

/** What a parameter takes of an address: `path` may have parts. */
const patternOf = (path: string) =>
  path.replace('{path}', '(?<path>.+)').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
const rank = (path: string) => path.split('{').length + (path.includes('{path}') ? 1 : 0);

/** Paths with fewer parameters first: `/runs/compare` is not a run. */
const byParameters = [...contracts]
  .sort((a, b) => rank(a.path) - rank(b.path))
  .map((contract) => ({ contract, pattern: new RegExp(`^/api/v2${patternOf(contract.path)}$`) }));

async function answerContract(
  method: string,
  url: URL,
  body: string,
  { headers }: RequestInit,
): Promise<Response> {
  const place = byParameters.find(
    ({ contract, pattern }) => contract.method === method && pattern.test(url.pathname),
  );
  if (!place) return fault(`No contract has the address ${method} ${url.pathname}.`);
  const { contract, pattern } = place;
  const params = Object.fromEntries(
    Object.entries(pattern.exec(url.pathname)?.groups ?? {}).map(([name, text]) => [
      name,
      decodeURIComponent(text),
    ]),
  );
  const sent = new Headers(headers);
  const isJson = sent.get('content-type') === 'application/json';
  const input = {
    params: checked(contract, 'params', params),
    query: checked(contract, 'query', Object.fromEntries(url.searchParams)),
    body: checked(contract, 'body', body === '' ? undefined : isJson ? JSON.parse(body) : body),
    headers: sent,
  };
  asked.push({ id: contract.id, input });
  const handler = handlers.get(contract.id) ?? usualAnswer(contract);
  if (!handler) return fault(`The test has no answer for ${contract.id}.`);
  const answer = await handler(input);
  if (answer.status < 400) {
    const { error } = contract.result.safeParse(answer.body);
    if (error)
      return fault(`The answer of ${contract.id} is not one of its contract: ${error.message}`);
  }
  return Response.json(answer.body, { status: answer.status });
}

function checked(contract: Contract, part: 'params' | 'query' | 'body', value: unknown): unknown {
  const { data, error } = contract[part].safeParse(value);
  if (error) faults.push(`${contract.id} was asked with a wrong ${part}: ${error.message}`);
  return data;
}

function usualAnswer(contract: Contract): LaterHandler | undefined {
  if (usual.has(contract.id)) {
    return () => ({ status: contract.status, body: usual.get(contract.id) });
  }
  const nothing = { items: [] };
  return contract.method === 'GET' && contract.result.safeParse(nothing).success
    ? () => ({ status: 200, body: nothing })
    : undefined;
}

function fault(message: string): Response {
  faults.push(message);
  return Response.json({ error: { code: 'internal', message } }, { status: 500 });
}
