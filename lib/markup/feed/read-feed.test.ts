import { describe, expect, it } from 'vitest';
import { encodeAs } from '@/lib/files/testing/encode-as';
import { feedFrom } from '../read-markup';
import type { Feed } from './feed';
import { feedDate } from './feed-date';

const address = 'https://example.com/blog/feed.xml';
const read = (given: string | Uint8Array, contentType = '') => {
  const bytes = typeof given === 'string' ? new TextEncoder().encode(given) : given;
  return feedFrom({ bytes, contentType, address });
};
function good(given: string | Uint8Array, contentType = ''): Feed {
  const done = read(given, contentType);
  if (!done.ok) throw new Error(done.problem);
  return done.value;
}
const rss = (items: string, more = '', root = '') =>
  `<?xml version="1.0"?><rss version="2.0" ${root}><channel><title>News</title><link>https://example.com/</link><description>All of it</description>${more}${items}</channel></rss>`;

describe('formats', () => {
  it('reads RSS 2.0 with what blogs and podcasts add', () => {
    const feed = good(
      rss(
        `<item><title>One &amp; only</title><link>/blog/1</link><guid isPermaLink="false">tag:1</guid>
          <pubDate>Sat, 14 Mar 2026 10:00:00 +0100</pubDate><dc:creator>Ada</dc:creator>
          <description><![CDATA[<p>Short <b>text</b></p><p>and more</p>]]></description>
          <content:encoded><![CDATA[<p>Long</p>]]></content:encoded>
          <category>a</category><category>b</category>
          <enclosure url="/1.mp3" type="audio/mpeg" length="123"/></item>`,
        '<atom:link href="https://example.com/feed" rel="self"/>',
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"',
      ),
    );
    expect(feed).toEqual({
      ...{ format: 'rss', title: 'News', link: 'https://example.com/', description: 'All of it' },
      items: [
        {
          ...{ id: 'tag:1', title: 'One & only', link: 'https://example.com/blog/1' },
          ...{ date: '2026-03-14T09:00:00Z', author: 'Ada', summary: 'Short text\nand more' },
          ...{ content: '<p>Long</p>', categories: ['a', 'b'] },
          files: [{ url: 'https://example.com/1.mp3', mediaType: 'audio/mpeg', size: 123 }],
        },
      ],
    });
  });

  it('reads RSS 1.0, whose items stand beside the channel', () => {
    const feed = good(
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="x"><title>Old</title></channel>
        <item rdf:about="https://example.com/1"><title>First</title><link>https://example.com/1</link><d:date>2026-03-14</d:date></item></rdf:RDF>`,
    );
    expect(feed).toMatchObject({ format: 'rss', title: 'Old' });
    expect(feed.items).toMatchObject([
      { id: 'https://example.com/1', title: 'First', date: '2026-03-14T00:00:00Z' },
    ]);
  });

  it.each([
    ['', ''],
    ['a:', ':a'],
  ])('reads Atom with prefix “%s”', (p, declared) => {
    const feed = good(
      `<?xml version="1.0"?><${p}feed xmlns${declared}="http://www.w3.org/2005/Atom" xml:base="https://example.com/atom/">
        <${p}title type="html">Blog &amp;amp; more</${p}title><${p}link rel="self" href="self.xml"/><${p}link href="../"/>
        <${p}entry><${p}id>urn:1</${p}id><${p}title>First</${p}title><${p}updated>2026-03-14T10:00:00+02:00</${p}updated>
        <${p}link rel="enclosure" href="a.pdf" type="application/pdf" length="9"/><${p}link rel="alternate" href="1"/>
        <${p}author><${p}name>Ben</${p}name></${p}author><${p}category term="x" label="Ex"/>
        <${p}content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Hello <b>you</b></p></div></${p}content></${p}entry></${p}feed>`,
    );
    expect(feed).toMatchObject({
      format: 'atom',
      title: 'Blog & more',
      link: 'https://example.com/',
    });
    expect(feed.items).toEqual([
      {
        ...{ id: 'urn:1', title: 'First', link: 'https://example.com/atom/1', author: 'Ben' },
        ...{ date: '2026-03-14T08:00:00Z', summary: 'Hello you', categories: ['Ex'] },
        content: '<p>Hello <b>you</b></p>',
        files: [{ url: 'https://example.com/atom/a.pdf', mediaType: 'application/pdf', size: 9 }],
      },
    ]);
  });

  it('reads JSON Feed', () => {
    const item = { id: 7, url: '/7', title: 'T', content_html: '<p>x</p>', tags: ['a', 1] };
    const feed = good(
      JSON.stringify({
        ...{ version: 'https://jsonfeed.org/version/1.1', title: 'J' },
        items: [{ ...item, authors: [{ name: 'Cleo' }], date_published: '2026-03-14T10:00:00.5Z' }],
      }),
    );
    expect(feed).toMatchObject({ format: 'json', title: 'J' });
    expect(feed.items).toMatchObject([
      {
        ...{ id: '7', link: 'https://example.com/7', author: 'Cleo', summary: 'x' },
        ...{ categories: ['a'], date: '2026-03-14T10:00:00Z' },
      },
    ]);
  });
});

describe('encodings', () => {
  const feed = (encoding: string) =>
    `<?xml version="1.0" encoding="${encoding}"?><rss><channel><title>Größe</title></channel></rss>`;
  it.each([
    ['its first line', encodeAs(feed('ISO-8859-1'), 'windows-1252'), ''],
    ['the server', encodeAs(feed('utf-8'), 'windows-1252'), 'text/xml; charset=windows-1252'],
    [
      'its mark, against the server',
      encodeAs(`\ufeff${feed('utf-8')}`, 'utf-8'),
      'text/xml; charset=latin1',
    ],
    ['UTF-16 with a mark', encodeAs(`\ufeff${feed('utf-16')}`, 'utf-16le'), ''],
    ['UTF-16 without a mark', encodeAs(feed('utf-16'), 'utf-16le'), ''],
    ['nothing: UTF-8', encodeAs(feed('no-such-code'), 'utf-8'), ''],
  ])('are told by %s', (_, bytes, type) => expect(good(bytes, type).title).toBe('Größe'));
});

describe('ids', () => {
  const ids = (items: string) => good(rss(items)).items.map(({ id }) => id);
  it('are the same each time, whatever came before', () => {
    const plain = '<item><title>A</title><description>x</description></item>';
    const [first] = ids(plain);
    expect(first).toMatch(/^sha256:/);
    expect(ids(`<item><title>New</title></item>${plain}`)).toContain(first);
    expect(ids('<item><link>https://example.com/a</link></item>')).toEqual([
      'https://example.com/a',
    ]);
  });
  it('tell items apart that share one by mistake, and join what is there twice', () => {
    const one = (title: string) => `<item><guid>same</guid><title>${title}</title></item>`;
    const made = ids(`${one('A')}${one('B')}${one('A')}`);
    expect([made.length, new Set(made).size]).toEqual([2, 2]);
    expect(ids(`${one('A')}${one('A')}`)).toEqual(['same']);
  });
});

it.each([
  ['Sat, 14 Mar 2026 10:00:00 GMT', '2026-03-14T10:00:00Z'],
  ['14 Mar 26 10:00 EST', '2026-03-14T15:00:00Z'],
  ['Saturday, 14 March 2026 10:00:00 +0530', '2026-03-14T04:30:00Z'],
  ['Sat, 14 Mar 2026 24:00:00 Z', '2026-03-15T00:00:00Z'],
  ['2026-03-14 10:00:00', '2026-03-14T10:00:00Z'],
  ['2026-3-4T10:00Z', '2026-03-04T10:00:00Z'],
  ['2026-03', '2026-03-01T00:00:00Z'],
  ['Wed, 31 Feb 2026 10:00:00 GMT', null],
  ['yesterday', null],
  ['', null],
])('the date “%s” is %s', (written, date) => expect(feedDate(written)).toBe(date));

describe('what is odd', () => {
  it('is read as far as it goes', () => {
    const feed = good(
      `\n  ${rss('<item><title>A &nbsp; B</title><link>javascript:alert(1)</link></item><item><title>Cut off')}`.slice(
        0,
        -16,
      ),
    );
    expect(feed.items.map(({ title, link }) => [title, link])).toEqual([
      [expect.stringMatching(/^A .*B$/), null],
      ['Cut off', null],
    ]);
  });
  it('has bounds', () => {
    const long = 'x'.repeat(300_000);
    const [item] = good(
      rss(`<item><title>${long}</title><description>${long}</description></item>`),
    ).items;
    expect([item?.title?.length, item?.summary?.length, item?.content?.length]).toEqual([
      1_000, 2_000, 100_000,
    ]);
  });
  const bomb = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, at) => `<!ENTITY lol${at + 1} "${`&lol${at || ''};`.repeat(10)}">`).join('')}]><rss><channel><title>&lol9;</title></channel></rss>`;
  it.each<[string, string | Uint8Array, RegExp]>([
    ['entities that grow', bomb, /entities of its own/],
    [
      'entities that read files',
      '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
      /entities of its own/,
    ],
    ['depth', `<rss><channel>${'<a>'.repeat(500)}`, /deep/],
    ['a flood of elements', rss('<item/>'.repeat(160_000)), /150000 elements/],
    ['length', rss('x'.repeat(6_000_001)), /6 million/],
    [
      'a page',
      '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>',
      /web page. Its feed is https:\/\/example.com\/rss/,
    ],
    ['a page without a feed', '<html><body>no</body></html>', /names no feed/],
    ['other XML', '<svg/>', /neither RSS/],
    ['other JSON', '{"items":[]}', /neither RSS/],
    ['nothing', '', /empty/],
    ['bytes of something else', Uint8Array.of(0x89, 0x50, 0x4e, 0x47), /neither RSS/],
    ['RSS without a channel', '<rss/>', /without a channel/],
  ])('refuses %s', (_, given, problem) => {
    const done = read(given);
    expect(done).toMatchObject({ ok: false, problem: expect.stringMatching(problem) });
  });
});
