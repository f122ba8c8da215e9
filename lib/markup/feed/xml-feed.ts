import type { Element } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import { elementsIn, MarkupProblem, readableText, readDocument, webAddress } from '../document';
import type { RawFeed, RawItem } from './feed';
import { type Naming, namingOf, rootOf } from './xml-names';

/** RSS 0.9 to 2.0 and Atom. Throws `MarkupProblem`. */
export function readXmlFeed(text: string, address: string): RawFeed | undefined {
  const prolog = text.slice(0, Math.max(0, text.search(/<[a-z]/i)));
  if (/<!ENTITY/i.test(prolog)) {
    throw new MarkupProblem(
      'It defines entities of its own, which feeds have no need of and attackers use. It was not read.',
    );
  }
  const root = rootOf(readDocument(text, 'xml'));
  if (root === undefined) return undefined;
  const name = namingOf(root);
  const base = root.attribs['xml:base'];
  const place = (base === undefined ? null : webAddress(base, address)) ?? address;
  switch (name(root)) {
    case 'rss':
    case 'rdf:rdf':
      return readRss(root, name, place);
    case 'feed':
      return readAtom(root, name, place);
    default:
      return undefined;
  }
}

/** Looks children up by name: the first, or all. */
type Look = { first(...names: string[]): Element | undefined; all(name: string): Element[] };

function childrenOf(element: Element, name: Naming): Look {
  const children = elementsIn(element);
  return {
    first: (...names) => {
      for (const wanted of names) {
        const found = children.find((child) => name(child) === wanted);
        if (found) return found;
      }
      return undefined;
    },
    all: (wanted) => children.filter((child) => name(child) === wanted),
  };
}

/** The text of an element as it stands, without blanks around it. */
const textOf = (element: Element | undefined): string | null => {
  const text = element === undefined ? '' : DomUtils.textContent(element).trim();
  return text === '' ? null : text;
};
/** Some feeds escape their titles twice. */
const titleOf = (element: Element | undefined): string | null => {
  const text = textOf(element);
  if (text === null || !/[<&]/.test(text)) return text?.replace(/\s+/g, ' ') ?? null;
  return readableText(readDocument(text, 'html').children).replace(/\s+/g, ' ') || null;
};
const sizeOf = (text: string | undefined) => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : null);

function readRss(root: Element, name: Naming, base: string): RawFeed {
  const channel = childrenOf(root, name).first('channel');
  if (channel === undefined) throw new MarkupProblem('It is RSS without a channel.');
  const head = childrenOf(channel, name);
  // RSS 1.0 has its items beside the channel.
  const items = [...head.all('item'), ...childrenOf(root, name).all('item')];
  return {
    format: 'rss',
    title: titleOf(head.first('title')),
    link: webAddress(textOf(head.first('link')) ?? undefined, base),
    description: titleOf(head.first('description', 'itunes:summary')),
    items: items.map((item) => rssItem(item, name, base)),
  };
}

function rssItem(element: Element, name: Naming, base: string): RawItem {
  const look = childrenOf(element, name);
  const guid = look.first('guid');
  const isLink = guid !== undefined && guid.attribs.isPermaLink?.toLowerCase() !== 'false';
  const link =
    webAddress(textOf(look.first('link')) ?? look.first('atom:link')?.attribs.href, base) ??
    (isLink && /^https?:/i.test(textOf(guid) ?? '') ? webAddress(textOf(guid) ?? '', base) : null);
  const content = textOf(look.first('content:encoded'));
  const summary = textOf(look.first('description', 'itunes:summary', 'media:description'));
  return {
    ids: [textOf(guid), element.attribs['rdf:about'], link],
    title: titleOf(look.first('title', 'dc:title', 'media:title')),
    link,
    date: textOf(look.first('pubdate', 'dc:date', 'atom:published', 'atom:updated')),
    author: titleOf(look.first('dc:creator', 'author', 'itunes:author')),
    summary: summary ?? content,
    content: content ?? summary,
    categories: textsOf([...look.all('category'), ...look.all('dc:subject')]),
    files: [...look.all('enclosure'), ...look.all('media:content')].flatMap(({ attribs }) => {
      const url = webAddress(attribs.url, base);
      const size = sizeOf(attribs.length ?? attribs.fileSize);
      return url === null ? [] : [{ url, mediaType: attribs.type ?? null, size }];
    }),
  };
}

function readAtom(root: Element, name: Naming, base: string): RawFeed {
  const head = childrenOf(root, name);
  return {
    format: 'atom',
    title: titleOf(head.first('title')),
    link: atomLink(head, base),
    description: titleOf(head.first('subtitle', 'tagline')),
    items: head.all('entry').map((entry) => atomItem(entry, name, base)),
  };
}

function atomItem(element: Element, name: Naming, feedBase: string): RawItem {
  const look = childrenOf(element, name);
  const base = webAddress(element.attribs['xml:base'], feedBase) ?? feedBase;
  const author = look.first('author');
  const summary = atomText(look.first('summary'));
  const content = atomText(look.first('content')) ?? atomText(look.first('media:description'));
  const link = atomLink(look, base);
  return {
    ids: [textOf(look.first('id')), link],
    title: titleOf(look.first('title')),
    link,
    date: textOf(look.first('published', 'issued', 'updated', 'modified')),
    author: author === undefined ? null : titleOf(childrenOf(author, name).first('name', 'email')),
    summary: summary ?? content,
    content: content ?? summary,
    categories: look.all('category').flatMap(({ attribs }) => attribs.label ?? attribs.term ?? []),
    files: look.all('link').flatMap(({ attribs }) => {
      const url = attribs.rel === 'enclosure' ? webAddress(attribs.href, base) : null;
      const mediaType = attribs.type ?? null;
      return url === null ? [] : [{ url, mediaType, size: sizeOf(attribs.length) }];
    }),
  };
}

/** The page that it stands for: `alternate`, which is also what a link without a kind is. */
function atomLink(look: Look, base: string): string | null {
  const links = look.all('link').map(({ attribs }) => attribs);
  const found =
    links.find(({ rel = 'alternate', type = '' }) => rel === 'alternate' && !/json/i.test(type)) ??
    links.find(({ rel }) => rel === undefined);
  return webAddress(found?.href, base);
}

/** XHTML stands in a feed as elements, all else as text. */
function atomText(element: Element | undefined): string | null {
  if (element === undefined) return null;
  if (element.attribs.type !== 'xhtml') return textOf(element);
  const [wrapper] = elementsIn(element);
  return DomUtils.getInnerHTML(wrapper ?? element).trim() || null;
}

const textsOf = (elements: readonly Element[]): string[] =>
  elements.flatMap((element) => titleOf(element) ?? []);
