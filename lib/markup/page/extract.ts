import { compile, selectAll } from 'css-select';
import type { AnyNode, Document, Element } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import { elementsIn, MarkupProblem, readableText, readDocument, webAddress } from '../document';
import { cellsOfTable } from './table-cells';

/** What a value of a page is: its text, an attribute of it, or its HTML. */
export type Take = 'text' | 'attribute' | 'html';
export type FieldAsk = {
  name: string;
  /** Within the element; empty: the element itself. */
  selector: string;
  take: Take;
  attribute: string;
  /** All that fit, as a list. */
  every: boolean;
};
export type PageAsk = {
  html: string;
  /** Elements that become rows; empty: the page is one. */
  selector: string;
  /** What relative addresses are relative to; empty: they stay as they are written. */
  address: string;
  most: number;
};

type Value = string | null | string[];
export type Extracted = { rows: Record<string, Value>[]; found: number };

/** Values of one field, characters of one value. */
const mostOf = { values: 1_000, characters: 100_000 } as const;

/** Fields of each element that a selector finds. Throws `MarkupProblem`. */
export function extractRows(
  { html, selector, address, most }: PageAsk,
  fields: readonly FieldAsk[],
): Extracted {
  const document = readDocument(html, 'html');
  const base = baseOf(document, address);
  const found: ParentOf[] = selector.trim() === '' ? [document] : findAll(selector, document);
  const readers = fields.map((field) => ({ name: field.name, read: readerOf(field, base) }));
  const rows = found
    .slice(0, most)
    .map((element) => Object.fromEntries(readers.map(({ name, read }) => [name, read(element)])));
  return { rows, found: found.length };
}

/** Cells of the first table that a selector finds, row by row; undefined where there is none. */
export function extractCells({ html, selector, most }: PageAsk): string[][] | undefined {
  const document = readDocument(html, 'html');
  const found = findAll(selector.trim() || 'table', document);
  // The selector may mean what stands around the table.
  const table = found.flatMap((one) => (one.name === 'table' ? one : findAll('table', one)))[0];
  return table === undefined ? undefined : cellsOfTable(table, most);
}

type ParentOf = Document | Element;

function findAll(selector: string, within: ParentOf): Element[] {
  return selectAll<AnyNode, Element>(compiled(selector), within);
}

function compiled(selector: string) {
  if (/[>+~,]\s*$/.test(selector))
    throw new MarkupProblem(`“${selector.slice(0, 100)}” is no CSS selector: its end is missing.`);
  try {
    return compile<AnyNode, Element>(selector);
  } catch (error) {
    const why = error instanceof Error ? `: ${error.message.slice(0, 200)}` : '';
    throw new MarkupProblem(`“${selector.slice(0, 100)}” is no CSS selector${why}.`);
  }
}

function readerOf(field: FieldAsk, base: string): (element: ParentOf) => Value {
  const { selector, every } = field;
  const query = selector.trim() === '' ? undefined : compiled(selector);
  const taken = (element: ParentOf) => read(element, field, base)?.slice(0, mostOf.characters);
  return (element) => {
    const found = query === undefined ? [element] : selectAll<AnyNode, Element>(query, element);
    if (!every) return found[0] === undefined ? null : (taken(found[0]) ?? null);
    return found.slice(0, mostOf.values).flatMap((one) => taken(one) ?? []);
  };
}

function read(element: ParentOf, { take, attribute }: FieldAsk, base: string): string | null {
  if (take === 'text') return readableText([element]);
  if (take === 'html') return DomUtils.getInnerHTML(element).trim();
  if (!('attribs' in element)) return null;
  const name = attribute.trim().toLowerCase();
  const written = element.attribs[name];
  if (written === undefined) return null;
  return addressed.has(name) && base !== '' ? (webAddress(written, base) ?? written) : written;
}

const addressed: ReadonlySet<string> = new Set(['href', 'src', 'action', 'poster', 'cite']);

/** A page may say itself what its addresses are relative to. */
function baseOf(document: Document, address: string): string {
  const left = elementsIn(document);
  for (let element = left.shift(); element !== undefined; element = left.shift()) {
    if (element.name === 'base' && element.attribs.href !== undefined)
      return webAddress(element.attribs.href, address) ?? address;
    if (element.name === 'html' || element.name === 'head') left.unshift(...elementsIn(element));
  }
  return address;
}
