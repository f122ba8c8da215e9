import { functions } from './functions/functions';
import { distinct, grouped, ordered } from './functions/functions-list';
import type { Node } from './parse';
import { type Interpret, type Surroundings, truth, withLocal } from './surroundings';
import { boundedLength, bytesOf, make, read, spend } from './values/budget';
import { ExpressionError } from './values/expression-error';
import { isEntries, keysOf, kindOf } from './values/values';

type Call = Extract<Node, { op: 'call' | 'rcall' }>;
type Loop = { items: unknown[]; each(body: Node, item: unknown): unknown; around: Surroundings };

/** Functions whose argument is evaluated for every item: `rows.filter(row, row.units > 3)`. */
export type MacroSpec = { name: string; signature: string; summary: string };

export const macros: MacroSpec[] = [
  {
    name: 'map',
    signature: 'rows.map(row, row.field)',
    summary: 'A new list, computed from each item.',
  },
  {
    name: 'filter',
    signature: 'rows.filter(row, row.field > 0)',
    summary: 'The items for which a condition is true.',
  },
  {
    name: 'all',
    signature: 'rows.all(row, row.field > 0)',
    summary: 'Whether a condition is true for every item.',
  },
  {
    name: 'exists',
    signature: 'rows.exists(row, row.field > 0)',
    summary: 'Whether a condition is true for at least one item.',
  },
  {
    name: 'exists_one',
    signature: 'rows.exists_one(row, row.field > 0)',
    summary: 'Whether a condition is true for exactly one item.',
  },
  { name: 'has', signature: 'has(object.field)', summary: 'Whether a field exists.' },
  {
    name: 'isEmpty',
    signature: 'isEmpty(object.field)',
    summary: 'Whether a value is missing, null, or a text, list or object with nothing in it.',
  },
  {
    name: 'bind',
    signature: 'cel.bind(name, value, expression)',
    summary: 'Names a value inside an expression.',
  },
];

const computed = ['sortBy', 'groupBy', 'unique', 'sum', 'avg', 'median', 'min', 'max', 'trend'];
const loops = ['map', 'filter', 'all', 'exists', 'exists_one', ...computed];

/** How loops over `rows` bind their variable: the name, and the parts that see it. Undefined for other calls. */
export function loopOf(node: Call): { name: string; over: Node; bodies: Node[] } | undefined {
  if (node.op !== 'rcall') return undefined;
  const [name, receiver, given] = node.args;
  const [variable, ...bodies] = given;
  if (name === 'bind' && receiver.op === 'id' && receiver.args === 'cel') {
    const [bound, body] = bodies;
    return variable?.op === 'id' && bound && body
      ? { name: variable.args, over: bound, bodies: [body] }
      : undefined;
  }
  if (!loops.includes(name) || variable?.op !== 'id') return undefined;
  if (bodies.length === 1 || (bodies.length === 2 && name === 'map')) {
    return { name: variable.args, over: receiver, bodies };
  }
  return undefined;
}

/** The evaluation of a macro call, or undefined when the call is an ordinary function. */
export function macroFor(
  node: Call,
): ((around: Surroundings, interpret: Interpret) => unknown) | undefined {
  const name = node.args[0];
  if (node.op === 'call' && name === 'has')
    return (around, interpret) => has(node.args[1], around, interpret);
  if (node.op === 'call' && name === 'isEmpty')
    return (around, interpret) => isEmpty(node.args[1], around, interpret);
  const loop = loopOf(node);
  if (!loop) return undefined;
  if (name === 'bind') {
    return (around, interpret) => {
      const bound = interpret(loop.over, around);
      return loop.bodies.map((body) => interpret(body, withLocal(around, loop.name, bound)))[0];
    };
  }
  return (around, interpret) => {
    const over = interpret(loop.over, around);
    const items = Array.isArray(over)
      ? over
      : isEntries(over)
        ? keysOf(over, around.budget)
        : undefined;
    if (!items) throw new ExpressionError(`${name}() needs a list, but got ${kindOf(over)}.`);
    // A variable for each item, and its place in the list that may come of it.
    spend(around.budget, items.length);
    make(around.budget, bytesOf.list(items.length));
    const each = (body: Node, item: unknown) => interpret(body, withLocal(around, loop.name, item));
    const [first, second] = loop.bodies;
    return first ? run(name, { items, each, around }, first, second) : null;
  };
}

function run(name: string, loop: Loop, body: Node, second: Node | undefined): unknown {
  const { items, each } = loop;
  const holds = (item: unknown) => truth(each(body, item), `The condition of ${name}()`);
  switch (name) {
    case 'map':
      boundedLength(items.length);
      if (second) return items.filter(holds).map((item) => each(second, item));
      return items.map((item) => each(body, item));
    case 'filter':
      return items.filter(holds);
    case 'all':
      return !decided(items, (item) => !holds(item));
    case 'exists':
      return decided(items, holds);
    case 'exists_one':
      return items.filter(holds).length === 1;
    default:
      return compute(name, loop, body);
  }
}

/** Whether an item settles it. As in CEL, an item that fails does not stop a later one from settling it. */
function decided(items: unknown[], settles: (item: unknown) => boolean): boolean {
  let failure: ExpressionError | undefined;
  for (const item of items) {
    try {
      if (settles(item)) return true;
    } catch (error) {
      if (!ExpressionError.isInstance(error) || error.fatal) throw error;
      failure ??= error;
    }
  }
  if (failure) throw failure;
  return false;
}

function compute(name: string, { items, each, around }: Loop, body: Node): unknown {
  const values = items.map((item) => each(body, item));
  if (name === 'sortBy') return ordered(items, values, around.budget);
  if (name === 'groupBy') return grouped(items, values, around.budget);
  if (name === 'unique') return distinct(items, values, around.budget);
  return functions.get(name)?.call([values], around.budget);
}

/** `has(a.b.c)`: whether the last field is there. A missing part on the way there is a "no" too. */
function has(given: Node[], around: Surroundings, interpret: Interpret): boolean {
  const [path] = given;
  if (given.length !== 1 || !path || (path.op !== '.' && path.op !== '[]')) {
    throw new ExpressionError('has() is written has(object.field).');
  }
  try {
    return interpret(path, around) !== undefined;
  } catch (error) {
    if (ExpressionError.isInstance(error) && !error.fatal) return false;
    throw error;
  }
}

/** `isEmpty(a.b)`: what is not there is empty, too. Blanks alone are no text. */
function isEmpty(given: Node[], around: Surroundings, interpret: Interpret): boolean {
  const [asked] = given;
  if (given.length !== 1 || !asked) {
    throw new ExpressionError('isEmpty() is written isEmpty(object.field).');
  }
  const path = asked.op === '.' || asked.op === '[]';
  if (path && !has([asked], around, interpret)) return true;
  const value = interpret(asked, around);
  if (value === null) return true;
  if (typeof value === 'string') {
    read(around.budget, value.length);
    return value.trim() === '';
  }
  if (Array.isArray(value)) return value.length === 0;
  return isEntries(value) && keysOf(value, around.budget).length === 0;
}
