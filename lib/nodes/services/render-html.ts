import { asHtmlTable } from '@/lib/expressions/shapes/html-table';
import { splitTemplate } from '@/lib/expressions/template';
import type { NodeContext } from '../node-type/define-node';

/**
 * HTML out of a template. What is written stays as it is; values of `{{ … }}` are texts in it, whatever they hold: a name
 * from a form can be no tag. One that is a table is a table: its cells are escaped.
 */
export const renderHtml = (template: string, context: Filling): Promise<string> =>
  renderEscaped(template, context, escapeHtml, asHtmlTable);

type Filling = Pick<NodeContext, 'render' | 'filled'>;

/** A text out of a template whose values are escaped one by one; what is written stays as it is. */
export async function renderEscaped(
  template: string,
  { render, filled }: Filling,
  escaped: (value: string) => string,
  /** An expression that gives what is safe as it is, in place of one that is told. */
  asIs: (expression: string) => string | undefined = () => undefined,
): Promise<string> {
  let text = '';
  for (const part of splitTemplate(template)) {
    if (part.kind === 'text') {
      text += part.text;
      continue;
    }
    const safe = part.closed ? asIs(part.text) : undefined;
    text +=
      safe === undefined
        ? escaped(await render(`{{${part.text}${part.closed ? '}}' : ''}`))
        : await render(`{{${safe}}}`);
  }
  filled?.(template, text);
  return text;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => entities[char] ?? char);

const breaking = /^\/?(?:br|p|div|tr|li|h[1-6]|table|ul|ol)\b/i;
/** The end of a cell, so that the next one does not stick to it. */
const cell = /^\/t[dh]\b/i;
const written: readonly (readonly [string, string])[] = [
  ...([
    ['&lt;', '<'],
    ['&gt;', '>'],
    ['&quot;', '"'],
    ['&#39;', "'"],
    ['&nbsp;', ' '],
  ] as const),
  ['&amp;', '&'],
];

/** What a reader without HTML sees: the text between the tags, in one pass. */
export function textOfHtml(html: string): string {
  const [first = '', ...pieces] = html.split('<');
  let text = first;
  for (const piece of pieces) {
    const end = piece.indexOf('>');
    if (end === -1) text += `<${piece}`;
    else if (cell.test(piece)) text += `  ${piece.slice(end + 1)}`;
    else text += (breaking.test(piece) ? '\n' : '') + piece.slice(end + 1);
  }
  const plain = written.reduce((left, [entity, char]) => left.replaceAll(entity, char), text);
  return plain.replace(/\n{3,}/g, '\n\n').trim();
}
