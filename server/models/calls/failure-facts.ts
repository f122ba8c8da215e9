import { retryAfterOf, spanOf } from '@/lib/runs/values/retry-after';
import { at, listIn, textIn } from '@/lib/values/unknown';
import { pageTitle } from '../reading/frames';
import { statusIn } from '../reading/stream-error';

/** What can be known of a provider's failure. */
export type Facts = {
  status: number | undefined;
  /** The provider's own words, without secrets, on one line and as a sentence. */
  said: string;
  /** All its words as they came, with its codes: for finding out what it is about. */
  words: string;
  /** What it is about, where its words say more than its status. */
  about: 'key' | 'credit' | 'length' | undefined;
  /** How long the provider asks to wait. */
  retryAfterMs: number | undefined;
};

/** Reads an SDK's error, or one that came in a stream. */
export function factsOf(error: unknown, secret: string): Facts {
  const body = bodyOf(error);
  const given = at(error, 'status');
  const status = typeof given === 'number' ? given : statusIn(body);
  const raw = wordsIn(body) ?? (error instanceof Error ? error.message : String(error));
  const kinds = [at(body, 'code'), at(body, 'type'), at(body, 'status')].map((kind) =>
    String(kind ?? ''),
  );
  const retryAfterMs = waitIn(error, body, raw);
  const words = `${kinds.join(' ')} ${raw}`.slice(0, 4_000);
  return {
    ...{ status, words, said: sentence(clean(raw, secret)) },
    about: aboutOf(words, status, body, retryAfterMs),
    retryAfterMs,
  };
}

/** The failure as the server described it: under `error`, however deep the SDK has put that. */
function bodyOf(error: unknown): unknown {
  const direct = at(error, 'error') ?? parsedMessage(error);
  const inner = Array.isArray(direct) ? direct[0] : direct;
  const nested = at(inner, 'error');
  return typeof nested === 'object' && nested !== null ? nested : inner;
}

/** Google's SDK puts the body into the message. */
function parsedMessage(error: unknown): unknown {
  const message = error instanceof Error ? error.message : '';
  if (!/^\s*[[{]/.test(message)) return undefined;
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

function wordsIn(body: unknown): string | undefined {
  const nested = at(body, 'message');
  return (
    textIn(body) ?? textIn(nested) ?? textIn(at(nested, 'detail')) ?? textIn(at(body, 'detail'))
  );
}

function aboutOf(
  words: string,
  status: number | undefined,
  body: unknown,
  retryAfterMs: number | undefined,
): Facts['about'] {
  const refused = status !== undefined && status >= 400 && status < 500;
  if (!refused) return undefined;
  if (/api[_ ]?key[_ ]?(?:not valid|invalid|expired)|invalid[_ ]api[_ ]key/i.test(words))
    return 'key';
  if (
    /insufficient_(?:quota|balance|credits)|credit balance|exceeded your billing|billing_(?:not|hard)/i.test(
      words,
    )
  ) {
    return 'credit';
  }
  if (status === 429) {
    const violations = quotasIn(body);
    if (violations.some((id) => /per_?day/i.test(id))) return 'credit';
    // "Quota" is Gemini's word for limits by the minute as well.
    const passes = retryAfterMs !== undefined || violations.some((id) => /per_?minute/i.test(id));
    return !passes && /quota|billing|credit/i.test(words) ? 'credit' : undefined;
  }
  if (
    /context[_ ](?:length|window|size)|maximum context|too many (?:input )?tokens|prompt is too long|input is too long|exceeds? the (?:available )?(?:context|maximum number of tokens)|input token count/i.test(
      words,
    )
  ) {
    return 'length';
  }
  return undefined;
}

/** Names of the limits that were passed, as Google lists them. */
function quotasIn(body: unknown): string[] {
  return listIn(at(body, 'details'))
    .flatMap((detail) => listIn(at(detail, 'violations')))
    .map((violation) => `${at(violation, 'quotaId') ?? ''} ${at(violation, 'quotaMetric') ?? ''}`);
}

function waitIn(error: unknown, body: unknown, words: string): number | undefined {
  for (const detail of listIn(at(body, 'details'))) {
    const delay = textIn(at(detail, 'retryDelay'));
    const wait = delay === undefined ? undefined : spanOf(delay);
    if (wait !== undefined) return wait;
  }
  const now = Date.now();
  const headers = { ...plain(at(body, 'metadata', 'headers')), ...plain(at(error, 'headers')) };
  const told = retryAfterOf(headers, now);
  if (told !== undefined) return told;
  const span =
    /(?:try again|retry) (?:in|after) (\d[\d.]*\s?(?:ms|s|m|h|seconds?|minutes?)?[\d.ms]*)/i.exec(
      words,
    )?.[1];
  if (span === undefined) return undefined;
  const short = span
    .replace(/\s*seconds?/i, 's')
    .replace(/\s*minutes?/i, 'm')
    .replace(/[\s.]+$/, '');
  return spanOf(/\d$/.test(short) ? `${short}s` : short.replace(/\s/g, ''));
}

function plain(headers: unknown): Record<string, string> {
  if (typeof headers !== 'object' || headers === null) return {};
  const pairs = Symbol.iterator in headers ? [...(headers as Headers)] : Object.entries(headers);
  return Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function clean(raw: string, secret: string): string {
  const page = /^\W*(?:\d{3} )?\s*<(?:!doctype|html|\?xml)/i.test(raw)
    ? `It sent ${pageTitle(raw)}.`
    : raw;
  const bare = secret.length >= 4 ? page.replaceAll(secret, '…') : page;
  // Vendors repeat keys with their middle masked: what looks like one goes too.
  return bare
    .replace(/\b(?:sk|pk|key|AIza|xai|gsk)[-_]?[\w*.-]{12,}/gi, '…')
    .replace(/\s+/g, ' ')
    .trim();
}

function sentence(text: string): string {
  const short = text.length > 300 ? `${text.slice(0, 299)}…` : text;
  if (short === '') return 'without a reason.';
  return /[.!?…]$/.test(short) ? short : `${short}.`;
}
