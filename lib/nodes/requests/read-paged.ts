import { isRecord } from '@/lib/values/unknown';
import { type HttpAnswer, type NodeContext, StepError } from '../node-type/define-node';
import { withParameters } from './address';
import { bodyOf } from './answer';
import { nextLink, onSameOrigin, readPages } from './pages';
import type { Paging } from './paging-settings';

type Response = { status: number; headers: Record<string, string>; body: unknown };
type Answer = { answer: HttpAnswer; response: Response; url: string };

/**
 * Reads the pages of a list, from the address of the first on. Only the same server is asked for the others. Throws
 * `StepError` `no_items` where the items cannot be found, and what asking throws, with the page.
 */
export async function readPaged(
  context: NodeContext,
  settings: Paging,
  first: string,
  ask: (url: string, page: number) => Promise<HttpAnswer>,
) {
  const { maxPages, maxItems } = settings;
  const joined = await readPages<string, Answer>(numbered(first, settings, firstOf(settings)), {
    async ask(url, page) {
      const answer = await ask(url, page);
      const { status, headers, text } = answer;
      const response = { status, headers, body: bodyOf(answer, context.note) };
      const items = await itemsOf(context, settings, response);
      return { answer: { answer, response, url }, items, bytes: text.length };
    },
    async next({ response, url }, { page, items, count }) {
      if (await stops(context, settings, response)) return undefined;
      return nextOf(context, settings, { first, url, response, page, items, count });
    },
    ...{ maxPages, maxItems },
  });
  if (joined.more) {
    context.note?.(
      `There may be more: it was cut after ${joined.pages} pages and ${joined.items.length} items.`,
    );
  }
  const { status, headers, cookies = [] } = joined.last.answer;
  return { status, headers, cookies, body: joined.items, pages: joined.pages, more: joined.more };
}

async function itemsOf(
  context: NodeContext,
  { items: where = '' }: Paging,
  response: Response,
): Promise<readonly unknown[]> {
  if (where.trim() !== '') {
    const found = await context.evaluate(where, { response });
    if (found === null) return [];
    if (Array.isArray(found)) return found;
    throw new StepError('no_items', `"Items" gives no list: ${where.trim().slice(0, 80)}.`);
  }
  const { body } = response;
  if (Array.isArray(body)) return body;
  const lists = Object.values(isRecord(body) ? body : {}).filter((value) => Array.isArray(value));
  const [only] = lists;
  if (only !== undefined && lists.length === 1) return only;
  throw new StepError(
    'no_items',
    'Which list of the response holds the items cannot be told. Enter it under "Items", such as response.body.items.',
  );
}

async function stops(context: NodeContext, { stopWhen = '' }: Paging, response: Response) {
  return stopWhen.trim() !== '' && (await context.evaluate(stopWhen, { response })) === true;
}

type Place = {
  first: string;
  url: string;
  response: Response;
  page: number;
  items: readonly unknown[];
  count: number;
};

async function nextOf(
  context: NodeContext,
  settings: Paging,
  { first, url, response, page, items, count }: Place,
): Promise<string | undefined> {
  const { paging, nextPage = '', pageSize } = settings;
  switch (paging) {
    case 'off':
      return undefined;
    case 'link': {
      const next = nextLink(response.headers.link);
      return next === undefined ? undefined : onSameOrigin(next, url);
    }
    case 'url':
    case 'cursor': {
      if (nextPage.trim() === '') {
        throw new StepError(
          'no_items',
          'Enter under "Next page" where the response has it, such as response.body.next.',
        );
      }
      const next = await context.evaluate(nextPage, { response });
      if (next === null || next === undefined || next === '' || next === false) return undefined;
      return paging === 'url'
        ? onSameOrigin(String(next), url)
        : numbered(first, settings, String(next));
    }
    case 'page':
    case 'offset': {
      const last = items.length === 0 || (pageSize !== undefined && items.length < pageSize);
      if (last) return undefined;
      return numbered(
        first,
        settings,
        String(paging === 'page' ? settings.firstPage + page : count),
      );
    }
  }
}

const firstOf = ({ paging, firstPage }: Paging): string | undefined =>
  paging === 'page' ? String(firstPage) : paging === 'offset' ? '0' : undefined;

/** The address with the parameter that tells pages apart. */
function numbered(
  url: string,
  { paging, pageParameter }: Paging,
  value: string | undefined,
): string {
  if (value === undefined) return url;
  return withParameters(url, [{ name: pageParameter.trim() || paging, value }]);
}
