import { functions } from './functions/functions';
import { loopOf, macros } from './macros';
import { type Node, parseExpression } from './parse';
import { strictParts } from './template';
import { ExpressionError, shiftError } from './values/expression-error';
import { shortName } from './values/values';

/** What a text may name. `steps`: keys of the steps before; absent when unknown. */
export type Known = { names: readonly string[]; steps?: readonly string[] };

/** Errors of one text that are listed; of more, people learn how many there are. */
export const maxErrors = 20;

type Found = { errors: ExpressionError[]; more: number };

function note(found: Found, error: () => ExpressionError): void {
  if (found.errors.length < maxErrors) found.errors.push(error());
  else found.more += 1;
}

function listed({ errors, more }: Found): ExpressionError[] {
  const last = errors.at(-1);
  if (more === 0 || last === undefined) return errors;
  return [...errors, new ExpressionError(`And ${more} more problems of this kind.`, last.range)];
}

/**
 * What is wrong with an expression before it runs: syntax, unknown names, steps, functions. At most
 * {@link maxErrors}, and one that counts the rest.
 */
export function checkExpression(expression: string, known: Known): ExpressionError[] {
  const found: Found = { errors: [], more: 0 };
  look(expression, known, found);
  return listed(found);
}

function look(expression: string, known: Known, found: Found, shift = 0): void {
  const inner: Found = { errors: [], more: 0 };
  try {
    visit(parseExpression(expression), known, [], inner);
  } catch (error) {
    inner.errors.push(
      ExpressionError.isInstance(error)
        ? error
        : new ExpressionError('This expression is too complex.'),
    );
  }
  for (const error of inner.errors) note(found, () => shiftError(error, shift));
  found.more += inner.more;
}

/** The same for every `{{ … }}` of a template, with places in the template. */
export function checkTemplate(template: string, known: Known): ExpressionError[] {
  const found: Found = { errors: [], more: 0 };
  try {
    for (const part of strictParts(template))
      if (part.kind === 'expression') look(part.text, known, found, part.start);
  } catch (error) {
    return [
      ExpressionError.isInstance(error)
        ? error
        : new ExpressionError('This template is too complex.'),
    ];
  }
  return listed(found);
}

/** A bare name where rows are worked on is most often meant as one of their fields. */
function unknownName(name: string, known: readonly string[]): string {
  const what = `There is no value named "${shortName(name)}" here.`;
  return known.includes('row')
    ? `${what} For a field of the row write row.${shortName(name)}.`
    : what;
}

const macroNames = new Set(macros.map((macro) => macro.name));

function visit(node: Node, known: Known, locals: readonly string[], found: Found): void {
  const range = { start: node.start, end: node.end };
  if (node.op === 'id') {
    const name = node.args;
    if (!locals.includes(name) && !known.names.includes(name) && name !== 'cel') {
      note(found, () => new ExpressionError(unknownName(name, known.names), range));
    }
    return;
  }
  const step = stepOf(node, locals);
  if (step !== undefined && known.steps && !known.steps.includes(step)) {
    note(
      found,
      () => new ExpressionError(`steps.${shortName(step)} is not an earlier step.`, range),
    );
    return;
  }
  if (node.op === 'call' || node.op === 'rcall') {
    visitCall(node, known, locals, found);
    return;
  }
  // A bare word as a key of an object stands for itself.
  const skipped: Node[] =
    node.op === 'map' ? node.args.map(([key]): Node => key).filter((key) => key.op === 'id') : [];
  for (const child of childrenOf(node))
    if (!skipped.includes(child)) visit(child, known, locals, found);
}

function visitCall(
  node: Extract<Node, { op: 'call' | 'rcall' }>,
  known: Known,
  locals: readonly string[],
  found: Found,
): void {
  const loop = loopOf(node);
  if (loop) {
    visit(loop.over, known, locals, found);
    for (const body of loop.bodies) visit(body, known, [...locals, loop.name], found);
    return;
  }
  const name = node.args[0];
  const count = node.op === 'call' ? node.args[1].length : node.args[2].length + 1;
  const spec = functions.get(name);
  const range = { start: node.start, end: node.end };
  if (!spec && !(macroNames.has(name) && name !== 'bind')) {
    note(found, () => new ExpressionError(`There is no function "${shortName(name)}".`, range));
  } else if (spec && (count < spec.arity[0] || count > spec.arity[1])) {
    note(found, () => new ExpressionError(`${name}() is written ${spec.signature}.`, range));
  }
  for (const child of childrenOf(node)) visit(child, known, locals, found);
}

/** The key in `steps.key` or `steps["key"]`. */
export const stepOf = (node: Node, locals: readonly string[]): string | undefined =>
  memberOf(node, 'steps', locals);

/** The name in `root.name` or `root["name"]`, where `root` is not the name of something else here. */
export function memberOf(node: Node, root: string, locals: readonly string[]): string | undefined {
  if ((node.op !== '.' && node.op !== '[]') || locals.includes(root)) return undefined;
  const [owner, key] = node.args;
  if (owner.op !== 'id' || owner.args !== root) return undefined;
  if (typeof key === 'string') return key;
  return key.op === 'value' && typeof key.args === 'string' ? key.args : undefined;
}

/** Parts of a node that are nodes. */
export function childrenOf(node: Node): Node[] {
  const found: Node[] = [];
  const collect = (value: unknown) => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (typeof value === 'object' && value !== null && 'op' in value)
      found.push(value as Node);
  };
  collect(node.args);
  return found;
}
