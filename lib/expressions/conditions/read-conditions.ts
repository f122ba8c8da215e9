import { type Node, parseExpression } from '../parse';
import type { Conditions, Join, Operand, Operator, Row } from './conditions';

/** Groups inside groups that people can still read as rows. */
const maxDepth = 3;
const maxRows = 50;

/**
 * An expression as rows and groups, or undefined where it is something else: then people write it as text. What is
 * read is written again as an expression of the same value (`writeConditions`).
 */
export function readConditions(source: string): Conditions | undefined {
  if (source.trim() === '') return { join: 'and', rows: [] };
  let node: Node;
  try {
    node = parseExpression(source);
  } catch {
    return undefined;
  }
  const found = part(node, 0);
  if (found === undefined) return undefined;
  const conditions: Conditions = 'rows' in found ? found : { join: 'and', rows: [found] };
  return sizeOf(conditions) <= maxRows ? conditions : undefined;
}

const sizeOf = ({ rows }: Conditions): number =>
  rows.reduce((size, each) => size + ('rows' in each ? sizeOf(each) : 1), 0);

function part(node: Node, depth: number): Row | Conditions | undefined {
  if (node.op !== '&&' && node.op !== '||') return row(node);
  if (depth >= maxDepth) return undefined;
  const rows: (Row | Conditions)[] = [];
  for (const each of joined(node, node.op)) {
    const found = part(each, depth + 1);
    if (found === undefined) return undefined;
    rows.push(found);
  }
  const join: Join = node.op === '&&' ? 'and' : 'or';
  return { join, rows };
}

/** The parts of a chain of one operator, however it is put in brackets. */
function joined(node: Node, op: '&&' | '||'): Node[] {
  if (node.op !== op) return [node];
  return [...joined(node.args[0], op), ...joined(node.args[1], op)];
}

const compared: Partial<Record<Node['op'], Operator>> = {
  '==': 'is',
  '!=': 'isNot',
  '>': 'greater',
  '>=': 'greaterOrEqual',
  '<': 'less',
  '<=': 'lessOrEqual',
};
const called = ['contains', 'startsWith', 'endsWith', 'matches'] as const;

function row(node: Node): Row | undefined {
  switch (node.op) {
    case '==':
    case '!=':
    case '>':
    case '>=':
    case '<':
    case '<=':
      return comparison(node.op, ...node.args);
    case 'in':
      return oneOf('isOneOf', ...node.args);
    case 'rcall':
      return method(node);
    case 'call':
      return empty('isEmpty', node);
    case '!_':
      return denied(node.args);
    default:
      return undefined;
  }
}

function comparison(op: Node['op'], left: Node, right: Node): Row | undefined {
  const operator = compared[op];
  if (operator === undefined) return undefined;
  const operand = operandOf(right);
  if (operator === 'is' && operand.kind === 'boolean') {
    return { left: sourceOf(left), operator: operand.boolean ? 'isTrue' : 'isFalse' };
  }
  return { left: sourceOf(left), operator, right: operand };
}

function oneOf(operator: 'isOneOf' | 'isNoneOf', left: Node, right: Node): Row {
  return { left: sourceOf(left), operator, right: operandOf(right) };
}

function method(node: Extract<Node, { op: 'rcall' }>): Row | undefined {
  const [name, receiver, given] = node.args;
  const operator = called.find((known) => known === name);
  const [only] = given;
  if (operator === undefined || only === undefined || given.length !== 1) return undefined;
  return { left: sourceOf(receiver), operator, right: operandOf(only) };
}

function empty(operator: 'isEmpty' | 'isNotEmpty', node: Node): Row | undefined {
  if (node.op !== 'call') return undefined;
  const [name, given] = node.args;
  const [only] = given;
  if (name !== 'isEmpty' || only === undefined || given.length !== 1) return undefined;
  return { left: sourceOf(only), operator };
}

function denied(node: Node): Row | undefined {
  if (node.op === 'call') return empty('isNotEmpty', node);
  if (node.op === 'in') return oneOf('isNoneOf', ...node.args);
  if (node.op !== 'rcall') return undefined;
  const found = method(node);
  return found?.operator === 'contains' ? { ...found, operator: 'containsNot' } : undefined;
}

function operandOf(node: Node): Operand {
  const plain = plainOf(node);
  if (typeof plain === 'string') return { kind: 'text', text: plain };
  if (typeof plain === 'number') return { kind: 'number', number: plain };
  if (typeof plain === 'boolean') return { kind: 'boolean', boolean: plain };
  if (node.op === 'list') {
    const items = node.args.map(plainOf);
    if (items.every((item) => item !== undefined)) return { kind: 'list', items };
  }
  return { kind: 'expression', source: sourceOf(node) };
}

/** A text, a number or a truth value that is written out; undefined for all else. */
function plainOf(node: Node): string | number | boolean | undefined {
  if (node.op === '-_') {
    const number = node.args.op === 'value' ? plainOf(node.args) : undefined;
    return typeof number === 'number' ? 0 - number : undefined;
  }
  if (node.op !== 'value') return undefined;
  const value = node.args;
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : undefined;
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' || typeof value === 'boolean' ? value : undefined;
}

const sourceOf = (node: Node): string => node.input.slice(node.start, node.end);
