import { functions } from './functions/functions';
import { macroFor } from './macros';
import { binary } from './operators';
import type { Node } from './parse';
import { type Surroundings, truth } from './surroundings';
import { bytesOf, make, read, spend } from './values/budget';
import { ExpressionError } from './values/expression-error';
import { type Entries, forbiddenKeys, isEntries, kindOf, shortName } from './values/values';

/**
 * Value of a syntax tree. JSON has one kind of number, so has this language: `7 / 2` is 3.5.
 * Errors carry the place of the innermost part that failed.
 */
export function interpret(node: Node, around: Surroundings): unknown {
  spend(around.budget, 1);
  try {
    return value(node, around);
  } catch (error) {
    if (!ExpressionError.isInstance(error) || error.range.end > 0) throw error;
    // An error that is thrown and caught again, for each item of a list, is no small operation.
    around.budget.left -= 500;
    throw new ExpressionError(error.message, { start: node.start, end: node.end }, error.fatal);
  }
}

function value(node: Node, around: Surroundings): unknown {
  switch (node.op) {
    case 'value':
      return literal(node.args);
    case 'id':
      return named(node.args, around);
    case '.':
      return field(interpret(node.args[0], around), node.args[1], node);
    case '[]':
      return element(
        interpret(node.args[0], around),
        interpret(node.args[1], around),
        node,
        around,
      );
    case 'call':
    case 'rcall':
      return call(node, around);
    case 'list':
      make(around.budget, bytesOf.list(node.args.length));
      return node.args.map((item) => interpret(item, around));
    case 'map':
      return object(node.args, around);
    case '?:':
      return truth(interpret(node.args[0], around), 'A condition')
        ? interpret(node.args[1], around)
        : interpret(node.args[2], around);
    case '||':
      return either(node.args, true, around);
    case '&&':
      return either(node.args, false, around);
    case '!_':
      return !truth(interpret(node.args, around), '"!"');
    case '-_': {
      const number = interpret(node.args, around);
      if (typeof number !== 'number')
        throw new ExpressionError(`"-" needs a number, but got ${kindOf(number)}.`);
      return 0 - number;
    }
    case '.?':
    case '[?]':
      throw new ExpressionError('Optional access is not supported: use has(…).');
    default:
      return binary(
        node.op,
        interpret(node.args[0], around),
        interpret(node.args[1], around),
        around.budget,
      );
  }
}

function literal(value: unknown): unknown {
  if (typeof value === 'bigint') {
    if (Number.isSafeInteger(Number(value))) return Number(value);
    const digits = String(value);
    const shown = digits.length > 30 ? 'This number' : digits;
    throw new ExpressionError(`${shown} has more digits than a number keeps: write it as text.`);
  }
  if (value instanceof Uint8Array) throw new ExpressionError('Bytes are not supported: use text.');
  if (isEntries(value)) return Number(value.valueOf());
  return value;
}

function named(name: string, around: Surroundings): unknown {
  for (let local = around.local; local; local = local.outer)
    if (local.name === name) return local.value;
  if (Object.hasOwn(around.names, name)) return around.names[name] ?? null;
  throw new ExpressionError(`There is no value named "${shortName(name)}" here.`);
}

function sourceOf(node: Node): string {
  const text = node.input.slice(node.start, node.end);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** A field of an object; its absence is an error that names the step or the object. */
function field(owner: unknown, name: string, node: Node): unknown {
  if (isEntries(owner) && Object.hasOwn(owner, name)) return owner[name] ?? null;
  const left = Array.isArray(node.args) ? (node.args[0] as Node) : node;
  if (left.op === 'id' && left.args === 'steps') {
    throw new ExpressionError(
      `steps.${shortName(name)} is not an earlier step, or it did not run.`,
    );
  }
  if (isEntries(owner))
    throw new ExpressionError(`${sourceOf(left)} has no field "${shortName(name)}".`);
  throw new ExpressionError(
    `${sourceOf(left)} is ${kindOf(owner)}, so it has no field "${shortName(name)}".`,
  );
}

function element(owner: unknown, key: unknown, node: Node, { budget }: Surroundings): unknown {
  if (Array.isArray(owner)) {
    if (typeof key !== 'number' || !Number.isInteger(key))
      throw new ExpressionError('A list needs a whole number in [ ].');
    if (key < 0 || key >= owner.length)
      throw new ExpressionError(`There is no item ${key}: the list has ${owner.length}.`);
    return owner[key] ?? null;
  }
  if (typeof key === 'string') {
    read(budget, key.length);
    return field(owner, key, node);
  }
  throw new ExpressionError(
    `[ ] needs a list, or an object and a text, but got ${kindOf(owner)} and ${kindOf(key)}.`,
  );
}

function call(node: Extract<Node, { op: 'call' | 'rcall' }>, around: Surroundings): unknown {
  const macro = macroFor(node);
  if (macro) return macro(around, interpret);
  const [name, given] =
    node.op === 'call'
      ? [node.args[0], node.args[1]]
      : [node.args[0], [node.args[1], ...node.args[2]]];
  const spec = functions.get(name);
  if (!spec) throw new ExpressionError(`There is no function "${shortName(name)}".`);
  if (given.length < spec.arity[0] || given.length > spec.arity[1]) {
    throw new ExpressionError(`${name}() is written ${spec.signature}.`);
  }
  const values = given.map((argument) => interpret(argument, around));
  // Whatever a function does with a text, it looks at it; whatever text it gives, it made.
  for (const value of values) if (typeof value === 'string') read(around.budget, value.length);
  const result = spec.call(values, around.budget);
  if (typeof result === 'string') make(around.budget, bytesOf.text(result.length));
  return result;
}

function object(entries: [Node, Node][], around: Surroundings): Entries {
  const result: Entries = {};
  make(around.budget, bytesOf.object(entries.length));
  for (const [keyNode, valueNode] of entries) {
    // A bare word as a key is its own name, as in JavaScript, unless something has that name.
    const key =
      keyNode.op === 'id' && !isNamed(keyNode.args, around)
        ? keyNode.args
        : interpret(keyNode, around);
    if (typeof key !== 'string' && typeof key !== 'number')
      throw new ExpressionError('A key must be text.');
    const name = String(key);
    if (forbiddenKeys.has(name)) throw new ExpressionError(`"${name}" cannot be a key.`);
    // Keys stay in the engine's table of names.
    read(around.budget, 4 * name.length);
    make(around.budget, bytesOf.text(name.length));
    result[name] = interpret(valueNode, around);
  }
  return result;
}

function isNamed(name: string, around: Surroundings): boolean {
  for (let local = around.local; local; local = local.outer) if (local.name === name) return true;
  return Object.hasOwn(around.names, name);
}

/** CEL's `||` (deciding: true) and `&&`: the deciding side wins even when the other side fails. */
function either([left, right]: [Node, Node], deciding: boolean, around: Surroundings): boolean {
  const sign = deciding ? '"||"' : '"&&"';
  let failure: ExpressionError | undefined;
  try {
    if (truth(interpret(left, around), sign) === deciding) return deciding;
  } catch (error) {
    if (!ExpressionError.isInstance(error) || error.fatal) throw error;
    failure = error;
  }
  const second = truth(interpret(right, around), sign);
  if (second === deciding || !failure) return second;
  throw failure;
}
