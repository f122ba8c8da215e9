import { splitTemplate } from '@/lib/expressions/template';

/**
 * HTML out of a template. What is written stays as it is; values of `{{ … }}` are texts in it, whatever they hold: a name
 * from a form can be no tag. `render` fills one `{{ … }}`.
 */
export const renderHtml = (
  template: string,
  render: (template: string) => Promise<string>,
): Promise<string> => renderEscaped(template, render, escapeHtml);

/** A text out of a template whose values are escaped one by one; what is written stays as it is. */
export async function renderEscaped(
  template: string,
  render: (template: string) => Promise<string>,
  escaped: (value: string) => string,
): Promise<string> {
  let text = '';
  for (const part of splitTemplate(template)) {
    text +=
      part.kind === 'text'
        ? part.text
        : escaped(await render(`{{${part.text}${part.closed ? '}}' : ''}`));
  }
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
    else text += (breaking.test(piece) ? '\n' : '') + piece.slice(end + 1);
  }
  const plain = written.reduce((left, [entity, char]) => left.replaceAll(entity, char), text);
  return plain.replace(/\n{3,}/g, '\n\n').trim();
}
