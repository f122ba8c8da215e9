import { ExpressionError } from './values/expression-error';
import { expressionLimits } from './values/limits';

/** Parts of a template; `start` is where the part's text begins in it. */
export type TemplatePart =
  | { kind: 'text'; text: string; start: number }
  | { kind: 'expression'; text: string; start: number; closed: boolean };

/**
 * Splits a text at its `{{ … }}`. A `}}` inside a quoted text or inside `{…}` of the expression does not close it;
 * `\{{` is a written `{{`. Never throws: an expression that is not closed comes back with `closed: false`.
 */
export function splitTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let text = '';
  let textStart = 0;
  let index = 0;
  while (index < template.length) {
    if (template.startsWith('\\{{', index)) {
      text += '{{';
      index += 3;
    } else if (template.startsWith('{{', index)) {
      if (text) parts.push({ kind: 'text', text, start: textStart });
      const end = endOfExpression(template, index + 2);
      const inner = template.slice(index + 2, end ?? template.length);
      parts.push({ kind: 'expression', text: inner, start: index + 2, closed: end !== undefined });
      index = end === undefined ? template.length : end + 2;
      text = '';
      textStart = index;
    } else {
      // Up to the next place where something may begin.
      const next = /[\\{]/g;
      next.lastIndex = index + 1;
      const end = next.exec(template)?.index ?? template.length;
      text += template.slice(index, end);
      index = end;
    }
  }
  if (text) parts.push({ kind: 'text', text, start: textStart });
  return parts;
}

/** Index of the `}}` that closes an expression which begins at `from`. */
function endOfExpression(template: string, from: number): number | undefined {
  let depth = 0;
  let quote = '';
  for (let index = from; index < template.length; index++) {
    const character = template[index] ?? '';
    if (quote) {
      if (character === '\\') index += 1;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '{') depth += 1;
    else if (character === '}' && depth > 0) depth -= 1;
    else if (character === '}' && template[index + 1] === '}') return index;
  }
  return undefined;
}

/** The parts, after checking the template's length and that every `{{` is closed. */
export function strictParts(template: string): TemplatePart[] {
  if (template.length > expressionLimits.templateLength) {
    throw new ExpressionError(
      `A template can have at most ${expressionLimits.templateLength} characters.`,
    );
  }
  const parts = splitTemplate(template);
  for (const part of parts) {
    if (part.kind === 'expression' && !part.closed) {
      throw new ExpressionError('"{{" is not closed by "}}".', {
        start: part.start - 2,
        end: part.start,
      });
    }
  }
  return parts;
}
