/** Longest wait that is read as one; what is longer is no advice. */
const maxMs = 366 * 24 * 3_600_000;

/**
 * How many milliseconds a server asks its callers to wait, by the headers of its answer (names in lower case):
 * `retry-after-ms`, `retry-after` in seconds or as a date, else the time at which a limit that is used up is set back,
 * as OpenAI, Anthropic, GitHub and others write it. Undefined when they say nothing that can be understood.
 */
export function retryAfterOf(
  given: Readonly<Record<string, unknown>>,
  now: number,
): number | undefined {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === 'string') headers[name] = value;
  }
  const exact = number(headers['retry-after-ms']);
  if (exact !== undefined) return whole(exact);
  const told = waitOf(headers['retry-after'], now);
  if (told !== undefined) return told;
  const waits = Object.entries(headers).flatMap(([name, value]) => {
    const limit = /^(?:x-)?(?:anthropic-)?ratelimit-(?:(.+)-)?remaining(?:-(.+))?$/.exec(name);
    if (limit === null || Number(value) !== 0 || value.trim() === '') return [];
    const reset = headers[name.replace('remaining', 'reset')];
    return waitOf(reset, now) ?? [];
  });
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/** A wait as servers write it: seconds, seconds or milliseconds since 1970, a date, or `1m30.5s`. */
function waitOf(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? '';
  const plain = number(text);
  if (plain !== undefined) {
    // No one asks for thirty years: it is a time.
    if (plain > 1e12) return whole(plain - now);
    return whole(plain > 1e9 ? plain * 1_000 - now : plain * 1_000);
  }
  const span = spanOf(text);
  if (span !== undefined) return span;
  // biome-ignore lint/style/noRestrictedGlobals: a given text is read here, and no clock.
  const date = /\d{4}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : whole(date - now);
}

/** A span such as `20s`, `7.66s`, `1m30s`, `350ms` or `2h`; undefined for anything else. */
export function spanOf(text: string): number | undefined {
  const parts =
    /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?$/.exec(
      text.trim().slice(0, 60),
    );
  if (parts === null || text.trim() === '') return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0, rest = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  return whole((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000 + rest);
}

function number(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}

function whole(ms: number): number | undefined {
  return ms > maxMs ? undefined : Math.max(0, Math.ceil(ms));
}
