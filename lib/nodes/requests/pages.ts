import { StepError } from '../node-type/define-node';

/** Bytes of all answers together. */
const maxTotal = 32 * 1_048_576;

export type Page<Answer> = { answer: Answer; items: readonly unknown[]; bytes: number };
type Progress = { page: number; items: readonly unknown[]; count: number };

type Rule<Ask, Answer> = {
  ask(asked: Ask, page: number): Promise<Page<Answer>>;
  /** What to ask for next; undefined at the end. */
  next(answer: Answer, progress: Progress): Promise<Ask | undefined>;
  maxPages: number;
  maxItems: number;
};

/** All items of a list that comes in pages. `more`: it was cut at a maximum. */
export type Joined<Answer> = { items: unknown[]; pages: number; more: boolean; last: Answer };

/**
 * Asks for one page after another and joins their items. A page that fails says which it was and what came before. Throws
 * `paging_loop` where a page leads to one that was asked for already.
 */
export async function readPages<Ask, Answer>(
  first: Ask,
  { ask, next, maxPages, maxItems }: Rule<Ask, Answer>,
): Promise<Joined<Answer>> {
  const items: unknown[] = [];
  const seen = new Set<string>();
  let asked = first;
  let left = maxTotal;
  for (let page = 1; ; page += 1) {
    const mark = JSON.stringify(asked);
    if (seen.has(mark)) {
      throw new StepError(
        'paging_loop',
        `Page ${page} is the same as one before. Check where the next page is taken from. ${soFar(page, items.length)}`,
      );
    }
    seen.add(mark);
    const one = await ask(asked, page).catch((error: unknown) => {
      throw page === 1 ? error : ofPage(error, page, items.length);
    });
    for (const item of one.items) items.push(item);
    left -= one.bytes;
    if (left < 0) {
      throw new StepError(
        'response_too_large',
        `The pages are larger than 32 MB together. ${soFar(page + 1, items.length)}`,
      );
    }
    const { answer: last } = one;
    if (items.length > maxItems)
      return { items: items.slice(0, maxItems), pages: page, more: true, last };
    const following = await next(last, { page, items: one.items, count: items.length });
    if (following === undefined) return { items, pages: page, more: false, last };
    if (page >= maxPages || items.length >= maxItems)
      return { items, pages: page, more: true, last };
    asked = following;
  }
}

function ofPage(error: unknown, page: number, count: number): unknown {
  if (!StepError.isInstance(error)) return error;
  const { code, message, retryable, retryAfterMs } = error;
  return new StepError(code, `Page ${page}: ${message} ${soFar(page, count)}`, {
    retryable,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    cause: error,
  });
}

const soFar = (page: number, count: number) =>
  `Before it, ${count} ${count === 1 ? 'item' : 'items'} of ${page - 1} ${page === 2 ? 'page' : 'pages'} came.`;

/** The address with `rel="next"` of a Link header (RFC 8288). */
export function nextLink(header: string | undefined): string | undefined {
  for (const [, address = '', parameters = ''] of (header ?? '')
    .slice(0, 16_000)
    .matchAll(/<([^<>]*)>([^<]*)/g)) {
    if (/;\s*rel\s*=\s*(?:"[^"]*\bnext\b[^"]*"|next\b)/i.test(parameters)) return address;
  }
  return undefined;
}

/** The address of a next page, which may not lead to another server. Throws `invalid_url`. */
export function onSameOrigin(next: string, before: string): string {
  if (URL.canParse(next, before) && new URL(next, before).origin === new URL(before).origin) {
    return new URL(next, before).href;
  }
  throw new StepError(
    'invalid_url',
    `The next page "${next.slice(0, 120)}" is on another server than the first. It was not asked for.`,
  );
}
