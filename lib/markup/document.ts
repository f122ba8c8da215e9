import { type AnyNode, type Document, DomHandler, type Element, isTag, isText } from 'domhandler';
import { Parser } from 'htmlparser2';

/** What a page or feed may hold at most: honest ones have a tenth of it. */
const most = { characters: 6_000_000, depth: 400, elements: 150_000 } as const;

/** Why a page or feed is not read, as a sentence for people. */
export class MarkupProblem extends Error {}

/** Refuses what is nested or repeated beyond measure while it is read, not after. */
class Bounded extends DomHandler {
  private depth = 0;
  private elements = 0;
  override onopentag(name: string, attributes: Record<string, string>): void {
    this.depth += 1;
    this.elements += 1;
    if (this.depth > most.depth)
      throw new MarkupProblem(`Elements stand more than ${most.depth} deep in one another.`);
    if (this.elements > most.elements)
      throw new MarkupProblem(`It has more than ${most.elements} elements.`);
    super.onopentag(name, attributes);
  }
  override onclosetag(): void {
    this.depth -= 1;
    super.onclosetag();
  }
}

/**
 * The tree of a web page, broken as it may be, or of XML. Names that a document defines for itself (entities) are never
 * put in. Throws `MarkupProblem`.
 */
export function readDocument(text: string, kind: 'html' | 'xml'): Document {
  if (text.length > most.characters)
    throw new MarkupProblem(`It is longer than ${most.characters / 1_000_000} million characters.`);
  const handler = new Bounded();
  const parser = new Parser(handler, { xmlMode: kind === 'xml' });
  parser.end(text);
  return handler.root;
}

export const elementsIn = (node: { children: AnyNode[] }): Element[] =>
  node.children.filter((child) => isTag(child));

/** Elements that are no part of what people read. */
const silent: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript', 'head']);
const blocks: ReadonlySet<string> = new Set([
  ...['address', 'article', 'aside', 'blockquote', 'dd', 'div', 'dl', 'dt', 'fieldset', 'figure'],
  ...['figcaption', 'footer', 'form', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'li'],
  ...['main', 'nav', 'ol', 'p', 'pre', 'section', 'table', 'tbody', 'tfoot', 'thead', 'tr', 'ul'],
]);

/** The text of elements as people read it: blanks joined, a line for each block. */
export function readableText(nodes: readonly AnyNode[], all = false): string {
  const parts: string[] = [];
  // By hand, not by calls: a tree may be deep.
  const left: (AnyNode | string)[] = [...nodes].reverse();
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (typeof node === 'string') parts.push(node);
    else if (isText(node)) parts.push(node.data.replace(/\s+/g, ' '));
    else if (isTag(node) && node.name === 'br') parts.push('\n');
    else if ('children' in node && (all || !isTag(node) || !silent.has(node.name))) {
      const edge = isTag(node) ? edgeOf(node.name) : '';
      if (edge !== '') left.push(edge);
      for (const child of [...node.children].reverse()) left.push(child);
      if (edge !== '') left.push(edge);
    }
  }
  return parts
    .join('')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim();
}

const edgeOf = (name: string): string =>
  blocks.has(name) ? '\n' : name === 'td' || name === 'th' ? ' ' : '';

/** An address as it is meant on a page; null for one that leads to no page, such as `javascript:`. */
export function webAddress(written: string | undefined, base: string): string | null {
  const text = written?.trim() ?? '';
  if (text === '') return null;
  const url = URL.canParse(text, base) ? new URL(text, base) : URL.parse(text);
  return url !== null && /^(?:https?|mailto|ftp):$/.test(url.protocol) ? url.href : null;
}
