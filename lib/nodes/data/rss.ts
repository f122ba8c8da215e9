import { z } from 'zod';
import type { FeedItem } from '@/lib/markup/feed/feed';
import { millisecondsOf } from '@/lib/runs/values/iso';
import { defineNode, StepError } from '../node-type/define-node';
import { renderAddress } from '../requests/address';
import { send, whyRehearsed } from '../requests/send';
import { connectionSetting, retryOnSetting, timeoutSetting } from '../requests/settings';

const accepted =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.8, */*;q=0.5';

export default defineNode({
  type: 'rss',
  kind: 'task',
  title: 'RSS feed',
  summary: 'Reads the items of a feed: RSS, Atom or JSON Feed.',
  group: 'Integrations',
  outward: 'This asks the real server.',
  icon: 'rss',
  aliases: [
    ...['rss', 'atom', 'feed', 'json feed', 'news', 'blog', 'podcast', 'headlines', 'articles'],
    ...['subscribe', 'rss reader', 'read feed'],
  ],
  config: z.strictObject({
    url: z.string({ error: 'Enter a URL.' }).min(1, 'Enter a URL.').max(8_000).meta({
      title: 'URL',
      description: 'The address of the feed, not of the page that it belongs to.',
      placeholder: 'https://example.com/feed.xml',
      widget: 'template',
    }),
    most: z.int().min(1).max(1_000).default(50).meta({
      title: 'Items at most',
      description: 'The first so many of the feed, which mostly are the newest.',
    }),
    hours: z.int().min(0).max(87_600).default(0).meta({
      title: 'Of the last hours',
      description: 'Only items that came out so recently, such as 24. 0: all.',
    }),
    content: z.boolean().default(false).meta({
      title: 'Whole content',
      description: 'Each item also has its content, as HTML, as far as the feed holds it.',
    }),
    connection: connectionSetting.meta({
      title: 'Connection',
      description: 'Credentials for a feed that is not public.',
      advanced: true,
    }),
    retryOn: retryOnSetting,
    timeoutMs: timeoutSetting,
  }),
  subtitle: (config) => config.url,
  sample: {
    title: 'Example News',
    link: 'https://example.com/',
    description: 'What happened',
    format: 'rss',
    rows: [
      {
        id: 'https://example.com/1',
        title: 'A first item',
        link: 'https://example.com/1',
        date: '2026-03-14T09:00:00Z',
        author: 'Ada',
        summary: 'What it is about.',
        categories: ['news'],
        files: [],
      },
    ],
    rowCount: 1,
  },
  async run(context, config) {
    const { connection, timeoutMs, retryOn } = config;
    const url = await renderAddress(config.url, context.render);
    const why = whyRehearsed(context, { changes: false, connection });
    if (why !== undefined) {
      context.note?.(`Rehearsed: the feed was not read, since ${why}.`);
      const nothing = { title: null, link: null, description: null, format: 'rss' };
      return { ...nothing, rows: [], rowCount: 0, rehearsed: true };
    }
    const headers = { accept: accepted };
    const as = { connection, expect: '2xx', retryOn, timeoutMs, changes: false };
    const answer = await send(context, { method: 'GET', url, headers }, { ...as, asBytes: true });
    const contentType = answer.headers['content-type'] ?? '';
    const bytes = answer.bytes ?? new Uint8Array();
    const read = await context.feed({ bytes, contentType, address: url });
    if (!read.ok) throw new StepError('no_feed', `The feed cannot be read. ${read.problem}`);
    const { items, ...feed } = read.value;
    const recent = items.filter((item) => isRecent(item, config.hours, context.now()));
    const rows = recent.slice(0, config.most).map(({ content, ...item }) => ({
      ...item,
      ...(config.content ? { content } : {}),
    }));
    const undated = config.hours > 0 && rows.some(({ date }) => date === null);
    context.note?.(
      `Took ${rows.length} of ${items.length} items.${undated ? ' Those without a date are among them.' : ''}`,
    );
    return { ...feed, rows, rowCount: rows.length };
  },
});

/** One without a date is never left out: nobody would notice. */
const isRecent = ({ date }: FeedItem, hours: number, now: number): boolean =>
  hours === 0 || date === null || (millisecondsOf(date) ?? now) >= now - hours * 3_600_000;
