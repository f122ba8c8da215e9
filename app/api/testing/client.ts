import { findRoute, routeFiles } from './routes';

const origin = 'http://localhost:3000';
const files = routeFiles();

export type Ask = {
  body?: unknown;
  /** Sent as it is, instead of `body` as JSON. */
  raw?: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;
  headers?: Record<string, string>;
};
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
export type Answer = { status: number; body: any; text: string; headers: Headers; cookie: string };

/** Asks the route handlers as Next would, without a server between. `credentials` are headers of a person or a key. */
export async function ask(
  method: string,
  path: string,
  credentials: Record<string, string> = {},
  { body, raw, headers = {} }: Ask = {},
): Promise<Answer> {
  const url = new URL(path, origin);
  const found = findRoute(files, url.pathname);
  if (!found) throw new Error(`no route file for ${path}`);
  const handlers = await found.file.load();
  const handler = handlers[method];
  if (!handler) throw new Error(`${found.file.path} has no ${method}`);
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const request = new Request(url, {
    method,
    headers: {
      host: url.host,
      ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
      ...credentials,
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent, duplex: 'half' }),
  });
  // As Next does: nothing at all where the path has no parameters.
  const given = Object.keys(found.params).length > 0 ? found.params : undefined;
  const response = await handler(request, { params: Promise.resolve(given) });
  const text = await response.text();
  return {
    status: response.status,
    body: bodyOf(text, response.headers),
    text,
    headers: response.headers,
    cookie: response.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; '),
  };
}

/** JSON as its value; lines of JSON, and all else, as text. */
function bodyOf(text: string, headers: Headers): unknown {
  const isLines = headers.get('content-type')?.includes('ndjson') === true;
  return !isLines && /^[{[]/.test(text) ? JSON.parse(text) : text;
}

/** Signs in and gives the headers that this person's browser would send. */
export async function signIn(email: string, password: string): Promise<Record<string, string>> {
  const answer = await ask('POST', '/api/auth/sign-in/email', {}, { body: { email, password } });
  if (answer.status !== 200) throw new Error(`sign-in failed: ${JSON.stringify(answer.body)}`);
  return { cookie: answer.cookie, origin };
}
