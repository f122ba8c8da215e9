import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { elementsIn, MarkupProblem, readableText, readDocument, webAddress } from '../document';
import { decodeFeed } from './decode-feed';
import type { Feed, FeedItem, RawItem } from './feed';
import { feedDate } from './feed-date';
import { readJsonFeed } from './json-feed';
import { readXmlFeed } from './xml-feed';

/** Characters of each text, entries of each list. */
const most = { title: 1_000, summary: 2_000, content: 100_000, list: 50 } as const;

export type FeedBytes = { bytes: Uint8Array; contentType: string; address: string };

/** What a server sent as a feed. Throws `MarkupProblem`, with the address of a page's feed where it names one. */
export function readFeed({ bytes, contentType, address }: FeedBytes): Feed {
  const text = decodeFeed(bytes, contentType).trimStart();
  if (text === '') throw new MarkupProblem('The answer is empty.');
  const raw = text.startsWith('{') ? readJsonFeed(text, address) : readXmlFeed(text, address);
  if (raw === undefined) throw new MarkupProblem(noFeed(text, address));
  return { ...raw, items: withIds(raw.items.map(bounded)) };
}

type Bounded = Omit<FeedItem, 'id'> & { known: string[] };

function bounded({ ids, date, summary, content, ...item }: RawItem): Bounded {
  return {
    ...item,
    known: ids.flatMap((id) => (id ? [id.slice(0, most.title)] : [])),
    title: item.title?.slice(0, most.title) ?? null,
    author: item.author?.slice(0, most.title) ?? null,
    date: feedDate(date),
    summary: plain(summary)?.slice(0, most.summary) ?? null,
    content: content?.slice(0, most.content) ?? null,
    categories: item.categories.slice(0, most.list).map((one) => one.slice(0, most.title)),
    files: item.files.slice(0, most.list),
  };
}

function plain(text: string | null | undefined): string | null {
  if (!text) return null;
  const begin = text.slice(0, 10 * most.summary);
  if (!/[<&]/.test(begin)) return begin.trim() || null;
  return readableText(readDocument(begin, 'html').children) || null;
}

/**
 * Each under what the feed knows it by. What says nothing is known by what it holds. Where several have one ID, which is
 * the feed's mistake, their addresses tell them apart; what is there twice is there once.
 */
function withIds(items: readonly Bounded[]): FeedItem[] {
  const times = new Map<string, Set<string>>();
  const printOf = ({ link, title, date }: Bounded) => JSON.stringify([link, title, date]);
  for (const item of items) {
    const [id = ''] = item.known;
    times.set(id, (times.get(id) ?? new Set()).add(printOf(item)));
  }
  const seen = new Map<string, FeedItem>();
  for (const { known, ...item } of items) {
    const print = printOf({ known, ...item });
    const [own] = known;
    const shared = own !== undefined && (times.get(own)?.size ?? 0) > 1;
    const id =
      own === undefined
        ? `sha256:${hashOf(`${print}${item.summary ?? ''}`)}`
        : shared
          ? `${own}#${hashOf(print).slice(0, 16)}`
          : own;
    if (!seen.has(id)) seen.set(id, { id, ...item });
  }
  return [...seen.values()];
}

const hashOf = (text: string) => bytesToHex(sha256(utf8ToBytes(text)));

function noFeed(text: string, address: string): string {
  if (!/^(?:\s|<!--[\s\S]*?-->)*<(?:!doctype html|html|head|body)/i.test(text))
    return 'It is neither RSS, Atom nor JSON Feed.';
  const feed = feedOfPage(text, address);
  const hint =
    feed === undefined ? 'It names no feed.' : `Its feed is ${feed}: enter that address.`;
  return `This is a web page. ${hint}`;
}

function feedOfPage(text: string, address: string): string | undefined {
  const left = [...elementsIn(readDocument(text.slice(0, 500_000), 'html'))];
  for (let element = left.shift(); element !== undefined; element = left.shift()) {
    const { rel = '', type = '', href } = element.attribs;
    const isFeed = /\balternate\b/i.test(rel) && /(?:rss|atom|feed)\+(?:xml|json)/i.test(type);
    if (element.name === 'link' && isFeed) return webAddress(href, address) ?? undefined;
    if (['html', 'head', 'body'].includes(element.name)) left.unshift(...elementsIn(element));
  }
  return undefined;
}
