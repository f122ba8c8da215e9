import { at, objectIn, textIn } from '@/lib/values/unknown';

/**
 * A failure that a server put into a stream whose status said that all was well. It carries what an SDK's errors do, so
 * that it is judged alike.
 */
class SaidInStream extends Error {
  override readonly name = 'SaidInStream';
  readonly status: number | undefined;
  readonly error: unknown;
  constructor(message: string, status: number | undefined, error: unknown) {
    super(message);
    this.status = status;
    this.error = error;
  }
}

/** The failure that a value of a stream is; undefined for one that is none. */
export function failureSaid(value: unknown, name?: string): Error | undefined {
  const given = objectIn(value);
  if (given === undefined) return undefined;
  const named = name === 'error' || given.type === 'error' || given.object === 'error';
  const inner = given.error ?? at(given, 'response', 'error');
  const bare = given.choices === undefined && given.candidates === undefined;
  const told = bare ? (textIn(given.detail) ?? objectIn(at(given, 'detail', 0))) : undefined;
  if (!named && !isFailure(inner) && told === undefined) return undefined;
  const body = isFailure(inner) ? inner : told === undefined ? given : { message: told };
  const message = textIn(body) ?? textIn(at(body, 'message')) ?? textIn(at(body, 'msg'));
  return new SaidInStream(message ?? JSON.stringify(body).slice(0, 300), statusIn(body), body);
}

function isFailure(inner: unknown): boolean {
  return textIn(inner) !== undefined || Object.keys(objectIn(inner) ?? {}).length > 0;
}

/** The HTTP status that a failure's own words stand for. */
export function statusIn(body: unknown): number | undefined {
  for (const name of ['code', 'status', 'status_code', 'http_status']) {
    const code = Number(at(body, name));
    if (Number.isInteger(code) && code >= 400 && code < 600) return code;
  }
  const words = ['type', 'code', 'status', 'reason'].map((name) => textIn(at(body, name)) ?? '');
  return statuses.find(([pattern]) => words.some((word) => pattern.test(word)))?.[1];
}

const statuses: readonly (readonly [RegExp, number])[] = [
  [/insufficient_quota|billing|payment|insufficient_(?:credits|balance)/i, 402],
  [/rate_?limit|too_?many|resource_?exhausted|throttl|quota/i, 429],
  [/overloaded/i, 529],
  [/unauthenticated|authentication|invalid_api_key/i, 401],
  [/permission|forbidden/i, 403],
  [/not_?found/i, 404],
  [/request_too_large/i, 413],
  [/invalid|bad_?request|context_length|failed_precondition|out_of_range|unsupported/i, 400],
  [/timeout|deadline/i, 504],
  [/unavailable/i, 503],
  [/server|internal|api_error|engine/i, 500],
];
