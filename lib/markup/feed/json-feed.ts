import { readJson } from '@/lib/api/json/read-json';
import { at, isRecord, listIn, textIn, textsIn } from '@/lib/values/unknown';
import { webAddress } from '../document';
import type { RawFeed, RawItem } from './feed';

/** JSON Feed 1.0 and 1.1; undefined for other JSON. */
export function readJsonFeed(text: string, address: string): RawFeed | undefined {
  const read = readJson(text);
  if (!read.ok || !isRecord(read.value)) return undefined;
  const { version, items } = read.value;
  const isFeed =
    typeof version === 'string' && /^https?:\/\/jsonfeed\.org\/version\//.test(version);
  if (!isFeed || !Array.isArray(items)) return undefined;
  return {
    format: 'json',
    title: textIn(read.value.title) ?? null,
    link: webAddress(textIn(read.value.home_page_url), address),
    description: textIn(read.value.description) ?? null,
    items: items.filter(isRecord).map((item) => itemOf(item, address)),
  };
}

function itemOf(item: Record<string, unknown>, address: string): RawItem {
  const { id } = item;
  const link = webAddress(textIn(item.url) ?? textIn(item.external_url), address);
  const content = textIn(item.content_html) ?? textIn(item.content_text) ?? null;
  const written = textIn(item.date_published) ?? textIn(item.date_modified);
  return {
    ids: [typeof id === 'string' || typeof id === 'number' ? String(id) : null, link],
    title: textIn(item.title) ?? null,
    link,
    date: written,
    author: textIn(at(item, 'authors', 0, 'name')) ?? textIn(at(item, 'author', 'name')) ?? null,
    summary: textIn(item.summary) ?? content,
    content,
    categories: textsIn(item.tags),
    files: listIn(item.attachments).flatMap((file) => {
      const url = webAddress(textIn(at(file, 'url')), address);
      const size = at(file, 'size_in_bytes');
      const mediaType = textIn(at(file, 'mime_type')) ?? null;
      return url === null ? [] : [{ url, mediaType, size: typeof size === 'number' ? size : null }];
    }),
  };
}
