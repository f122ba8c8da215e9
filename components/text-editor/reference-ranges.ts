import { isPlainName } from '@/lib/workflows/references';
import type { TextLanguage } from './tokenize';

/** A reference as it stands in a text: `{{ … }}` and all in a template, where it fills the braces. */
export type ReferenceRange = {
  from: number;
  to: number;
  /** The expression alone: `steps.read.output.rows[0]`. */
  expression: string;
};

const part = String.raw`(?:\.[A-Za-z_]\w*|\[\d+\]|\["(?:[^"\\\n]|\\.)*"\])`;
const path = String.raw`[A-Za-z_]\w*${part}*`;
const wholeHole = new RegExp(String.raw`\{\{[ \t]*(${path})[ \t]*\}\}`, 'g');
const hole = /\{\{[\s\S]*?\}\}/g;
const word = new RegExp(
  String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|(?<![\w.$])(${path})(?![\w(])`,
  'g',
);

/**
 * The references in a text that `known` knows, in order, none over another: in expressions each by itself, in templates
 * with its braces where nothing else stands in them.
 */
export function referencesIn(
  text: string,
  language: TextLanguage,
  known: (expression: string) => boolean,
): ReferenceRange[] {
  if (language === 'expression') return inExpression(text, 0, known);
  if (language !== 'template') return [];
  const found: ReferenceRange[] = [];
  for (const match of text.matchAll(hole)) {
    const from = match.index;
    // A written `{{` is no hole.
    if (text[from - 1] === '\\') continue;
    wholeHole.lastIndex = from;
    const whole = wholeHole.exec(text);
    const expression = whole?.index === from ? whole[1] : undefined;
    if (expression !== undefined && whole?.[0].length === match[0].length) {
      if (known(expression)) found.push({ from, to: from + match[0].length, expression });
    } else found.push(...inExpression(match[0].slice(2, -2), from + 2, known));
  }
  return found;
}

function inExpression(
  source: string,
  shift: number,
  known: (expression: string) => boolean,
): ReferenceRange[] {
  const found: ReferenceRange[] = [];
  for (const match of source.matchAll(word)) {
    const written = match[1];
    if (written === undefined) continue;
    if (!isPlainName(/^\w+/.exec(written)?.[0] ?? '') || !known(written)) continue;
    const from = shift + match.index;
    found.push({ from, to: from + written.length, expression: written });
  }
  return found;
}
