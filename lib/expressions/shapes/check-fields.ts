import { childrenOf } from '../check';
import { loopOf } from '../macros';
import { type Node, parseExpression } from '../parse';
import { splitTemplate } from '../template';
import type { TextRange } from '../values/expression-error';
import { nearestTo, type Shape } from './shapes';

/** A field that a value does not have. */
export type NoField = {
  message: string;
  range: TextRange;
  /** The name that was probably meant, in its place. */
  instead?: string;
};

/** What is known of the outputs of steps, by key. */
export type Outputs = (key: string) => Shape | undefined;

/** Fields that a text names and that are not there, each once. A text that cannot be read has none. */
export function missingFields(
  text: string,
  kind: 'expression' | 'template',
  outputs: Outputs,
): NoField[] {
  if (!text.includes('steps')) return [];
  if (kind === 'expression') return inExpression(text, 0, outputs);
  return splitTemplate(text).flatMap((part) =>
    part.kind === 'text' ? [] : inExpression(part.text, part.start, outputs),
  );
}

/** What is known of the value that an expression gives. */
export function shapeIn(source: string, outputs: Outputs): Shape | undefined {
  try {
    return look(parseExpression(source), { outputs, locals: new Map(), found: [] });
  } catch {
    return undefined;
  }
}

type Locals = ReadonlyMap<string, Shape | undefined>;

function inExpression(source: string, shift: number, outputs: Outputs): NoField[] {
  const found: NoField[] = [];
  try {
    look(parseExpression(source), { outputs, locals: new Map(), found });
  } catch {
    return [];
  }
  return found.map(({ range, ...rest }) => ({
    ...rest,
    range: { start: range.start + shift, end: range.end + shift },
  }));
}

type Looking = { outputs: Outputs; locals: Locals; found: NoField[] };

/** The shape of what a part of an expression gives, noting fields that are not there on the way. */
function look(node: Node, looking: Looking): Shape | undefined {
  const { locals, outputs } = looking;
  if (node.op === 'id') return locals.get(node.args);
  if (node.op === '.' || node.op === '[]') {
    const [owner, part] = node.args;
    const key = typeof part === 'string' ? part : constantOf(part);
    if (typeof part !== 'string') look(part, looking);
    const step = stepKeyOf(owner, locals);
    if (step !== undefined) return key === 'output' ? outputs(step) : undefined;
    return memberOf(node, key, look(owner, looking), looking);
  }
  const loop = node.op === 'rcall' ? loopOf(node) : undefined;
  if (loop && node.op === 'rcall') {
    const over = look(loop.over, looking);
    const [name] = node.args;
    const item = name === 'bind' ? over : over?.kind === 'list' ? over.items : undefined;
    const inner = { ...looking, locals: new Map(locals).set(loop.name, item) };
    const bodies = loop.bodies.map((body) => look(body, inner));
    if (name === 'filter' || name === 'sortBy') return over;
    return name === 'map' ? { kind: 'list', items: bodies.at(-1) } : undefined;
  }
  // Whether something is there is asked where it may not be.
  if (node.op === 'call' && (node.args[0] === 'has' || node.args[0] === 'isEmpty'))
    return undefined;
  for (const child of childrenOf(node)) look(child, looking);
  return undefined;
}

/** The key in `steps.key`. */
function stepKeyOf(node: Node, locals: Locals): string | undefined {
  if ((node.op !== '.' && node.op !== '[]') || locals.has('steps')) return undefined;
  const [owner, part] = node.args;
  if (owner.op !== 'id' || owner.args !== 'steps') return undefined;
  const key = typeof part === 'string' ? part : constantOf(part);
  return typeof key === 'string' ? key : undefined;
}

const constantOf = (node: Node): unknown => (node.op === 'value' ? node.args : undefined);

function memberOf(
  node: Node,
  key: unknown,
  owner: Shape | undefined,
  { found }: Looking,
): Shape | undefined {
  if (owner?.kind === 'list') {
    if (typeof key !== 'string') return owner.items;
    if (key !== 'length' && owner.items?.kind === 'object' && key in owner.items.fields) {
      const range = { start: node.end - key.length, end: node.end };
      const message = `"${key}" is a field of the items of a list: take one with [0], or all with map(row, row.${key}).`;
      found.push({ message, range });
    }
    return undefined;
  }
  if (owner?.kind !== 'object' || typeof key !== 'string') return undefined;
  if (Object.hasOwn(owner.fields, key)) return owner.fields[key];
  const names = Object.keys(owner.fields);
  const instead = nearestTo(key, names);
  const some = names.slice(0, 8).join(', ');
  const hint =
    instead !== undefined
      ? `Did you mean "${instead}"?`
      : names.length === 0
        ? 'It has none.'
        : `There ${names.length === 1 ? 'is' : 'are'} ${some}${names.length > 8 ? ' …' : ''}.`;
  const start = node.input.lastIndexOf(key, node.end - key.length);
  found.push({
    message: `There is no field "${key}". ${hint}`,
    range: { start, end: start + key.length },
    ...(instead === undefined ? {} : { instead }),
  });
  return undefined;
}
