import { checkExpression, checkTemplate, type Known } from '../check';
import { parseExpression } from '../parse';
import { splitTemplate } from '../template';
import { type Around, rules } from './rules';

export type { Around } from './rules';

/** What somebody wrote as another language or tool has it, and the same as it is written here. */
export type Slip = { message: string; fixed: string };

const maxCharacters = 2_000;

/**
 * How a text that cannot be read was meant, where it is one of the usual slips: a sentence, and the whole text put
 * right. Undefined where nobody can tell, so that what is offered always has fewer errors than what is there.
 */
export function slipIn(
  text: string,
  kind: 'expression' | 'template',
  known: Known,
  around: Around,
): Slip | undefined {
  if (text.length > maxCharacters) return undefined;
  return kind === 'expression'
    ? inExpression(text, known, around)
    : inTemplate(text, known, around);
}

function inExpression(source: string, known: Known, around: Around): Slip | undefined {
  let fixed = source;
  let errors = wrongIn(source, known);
  const before = errors;
  const said: string[] = [];
  for (const { says, change } of rules) {
    const next = change(fixed, around);
    if (next === fixed) continue;
    const left = wrongIn(next, known);
    // Several slips in one text hide each other: a change that makes nothing worse is kept.
    if (left > errors) continue;
    said.push(says);
    fixed = next;
    errors = left;
  }
  const [message] = said;
  if (message === undefined || (before > 0 && errors >= before)) return undefined;
  return { message, fixed };
}

/** How much is wrong: what cannot even be read counts most, since it hides the rest. */
function wrongIn(source: string, known: Known): number {
  try {
    parseExpression(source);
  } catch {
    return 1_000;
  }
  return checkExpression(source, known).length;
}

/** What other tools have in place of `{{ … }}`, and slips inside of these. */
function inTemplate(text: string, known: Known, around: Around): Slip | undefined {
  let message: string | undefined;
  const holes = withHoles(text, around);
  if (holes !== text) message = 'A value in a text is written {{ steps.name.output }}.';
  let fixed = '';
  let from = 0;
  for (const part of splitTemplate(holes)) {
    if (part.kind === 'text' || !part.closed) continue;
    const slip = inExpression(part.text.trim(), known, around);
    if (slip === undefined) continue;
    message ??= slip.message;
    fixed += `${holes.slice(from, part.start)} ${slip.fixed} `;
    from = part.start + part.text.length;
  }
  fixed += holes.slice(from);
  if (message === undefined || fixed === text) return undefined;
  const before = checkTemplate(text, known).length;
  const after = checkTemplate(fixed, known).length;
  return after < before || (holes !== text && after === 0) ? { message, fixed } : undefined;
}

/** `<step.output.x>`, `${input.x}` and `{{#node.x#}}` as holes, where they name something that is there. */
function withHoles(text: string, around: Around): string {
  return text
    .replace(/<([A-Za-z_][\w ]*)\.output((?:\.\w+)*)>/g, (whole, name: string, rest: string) => {
      const key = around.steps.get(name.trim().toLowerCase());
      return key === undefined ? whole : `{{ steps.${key}.output${rest} }}`;
    })
    .replace(/\$\{\s*((?:steps|input)\.[\w.[\]]+)\s*\}/g, '{{ $1 }}');
}
