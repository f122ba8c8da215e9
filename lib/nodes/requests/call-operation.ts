import type { Operation, ServicePages } from '@/lib/services/schema';
import { at } from '@/lib/values/unknown';
import { nextLink, onSameOrigin } from './pages';

type Answer = { body: unknown; headers: Record<string, string>; url: string };
/** What differs between the pages of an operation: values of fields, or a whole address. */
export type PageAsk = { values?: Record<string, string>; url?: string };

/** The items of an answer by the rule of its operation. */
export function itemsOf(pages: ServicePages, body: unknown): readonly unknown[] {
  const items = at(body, ...pages.items);
  return Array.isArray(items) ? items : [];
}

/** What to ask for after an answer; undefined at the end. */
export function nextOf(
  pages: ServicePages,
  { body, headers, url }: Answer,
  { items, count }: { items: readonly unknown[]; count: number },
): PageAsk | undefined {
  switch (pages.kind) {
    case 'cursor': {
      if (pages.more !== undefined && at(body, ...pages.more) !== true) return undefined;
      const cursor =
        pages.ofLast === undefined ? at(body, ...pages.next) : at(items.at(-1), pages.ofLast);
      const text = typeof cursor === 'number' ? String(cursor) : cursor;
      return typeof text === 'string' && text !== ''
        ? { values: { [pages.field]: text } }
        : undefined;
    }
    case 'link': {
      const next = nextLink(headers.link);
      return next === undefined ? undefined : { url: onSameOrigin(next, url) };
    }
    case 'url': {
      const next = at(body, ...pages.next);
      return typeof next === 'string' && next !== '' ? { url: onSameOrigin(next, url) } : undefined;
    }
    case 'offset': {
      const total = pages.total === undefined ? undefined : at(body, ...pages.total);
      const over = items.length === 0 || (typeof total === 'number' && count >= total);
      return over ? undefined : { values: { [pages.field]: String(count) } };
    }
  }
}

/** What an answer says that went wrong although its status means success. */
export function refusalIn({ okAt }: Operation, body: unknown): string | undefined {
  if (okAt === undefined) return undefined;
  const ok = at(body, ...okAt.ok);
  const error = at(body, ...okAt.error);
  // GraphQL has errors and no flag.
  const failed = okAt.ok.length === 0 ? error !== undefined : ok === false;
  if (!failed) return undefined;
  return typeof error === 'string' ? error : (JSON.stringify(error) ?? 'no reason').slice(0, 300);
}
