import type { Document, Element } from 'domhandler';
import { elementsIn } from '../document';

/** Short names of the vocabularies that feeds use, by the address that stands for each. */
const known: Readonly<Record<string, string>> = {
  'http://www.w3.org/2005/atom': 'atom',
  'http://purl.org/atom/ns#': 'atom',
  'http://purl.org/rss/1.0/': '',
  'http://my.netscape.com/rdf/simple/0.9/': '',
  'http://purl.org/rss/1.0/modules/content/': 'content',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://search.yahoo.com/mrss/': 'media',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#': 'rdf',
  'http://www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
};

/** Names elements by what their prefixes stand for, as the root of the document declares. */
export type Naming = (element: Element) => string;

export function namingOf(root: Element): Naming {
  const prefixes = new Map<string, string>();
  for (const [name, address] of Object.entries(root.attribs)) {
    if (!name.startsWith('xmlns:')) continue;
    const short = known[address.trim().toLowerCase()];
    if (short !== undefined) prefixes.set(name.slice('xmlns:'.length), short);
  }
  // Where all of a document is in one vocabulary, its prefix says nothing.
  const own = prefixes.get(prefixOf(root.name));
  return ({ name }) => {
    const prefix = prefixOf(name);
    const local = name.slice(prefix === '' ? 0 : prefix.length + 1).toLowerCase();
    if (prefix === '') return local;
    const short = prefixes.get(prefix) ?? prefix.toLowerCase();
    return short === '' || (short === own && short === 'atom') ? local : `${short}:${local}`;
  };
}

const prefixOf = (name: string) => (name.includes(':') ? name.slice(0, name.indexOf(':')) : '');

export const rootOf = (document: Document): Element | undefined => elementsIn(document)[0];
