import { checkExpression, checkTemplate, maxErrors } from '@/lib/expressions/check';
import { parseInputs, parseReferences, type TextKind } from '@/lib/expressions/references';
import { type Around, slipIn } from '@/lib/expressions/slips/slips';
import { type FieldPath, textFields } from '../config-fields';
import { containersOf, stepsAround } from '../containers';
import { declaredInputs, triggerInputs } from '../declared-inputs';
import { neighbours, reach } from '../graph';
import { type Catalogue, typeNamed } from '../node-catalogue';
import type { Definition, Problem, WorkflowNode } from '../schema';

/** Names that every expression of a workflow can use. */
export const scopeNames: readonly string[] = ['input', 'steps', 'run'];

/** Characters of texts that are read in any case; after them, reading ends as soon as nobody is told of more. */
const alwaysReadCharacters = 200_000;

/**
 * Templates and expressions that cannot be read, or that name steps which are not there or not earlier. Stops once
 * there are `enough` and much was read; then `cut` is true.
 */
export function referenceProblems(
  definition: Definition,
  catalogue: Catalogue,
  enough: number,
): { found: Problem[]; cut: boolean } {
  const before = neighbours(definition, 'before');
  const byKey = new Map(definition.nodes.map((node) => [node.key, node]));
  const containers = containersOf(definition, catalogue);
  const namesAt = namesFor(definition, catalogue);
  const inputs = declaredInputs(definition.nodes);
  const around = aroundSteps(definition, before, inputs);
  const found: Problem[] = [];
  let read = 0;
  for (const node of definition.nodes) {
    if (found.length > enough && read > alwaysReadCharacters) return { found, cut: true };
    const type = typeNamed(catalogue, node.type);
    if (!type || node.disabled) continue;
    // Most steps name few others, and a long workflow has many: walked back only where one is named.
    let known: ReadonlySet<string> | undefined;
    const earlier = () => {
      known ??= reach([node.id, ...stepsAround(containers, node.id)], before);
      return known;
    };
    for (const { path, text, kind, names } of textFields(type, node.config)) {
      read += text.length;
      const scope = { names: [...namesAt(node), ...names] };
      // An empty text is the schema's business: it says whether the field may be empty.
      if (text.trim() === '') continue;
      const errors = kind === 'code' ? [] : check[kind](text, scope);
      if (kind !== 'code' && (errors.length > 0 || looksLikeSlip(text, kind))) {
        const slip = slipIn(text, kind, scope, around(node));
        if (slip) {
          const wrong = problem(node, path, 'invalid_expression', slip.message);
          const severity = errors.length > 0 ? 'error' : 'warning';
          found.push({ ...wrong, severity, fix: slip.fixed });
          continue;
        }
      }
      found.push(
        ...errors.map(({ message }) => problem(node, path, 'invalid_expression', message)),
        ...unknownSteps(text, kind, (key) => referenceProblem(key, byKey.get(key), earlier)).map(
          ({ code, message }) => problem(node, path, code, message),
        ),
        ...(names.includes('input') ? [] : unknownInputs(text, kind, inputs)).map((wrong) => ({
          ...problem(node, path, 'unknown_input', wrong.message),
          severity: wrong.severity,
        })),
      );
    }
  }
  return { found, cut: false };
}

/** Texts that can be read, and most likely do not say what was meant. */
function looksLikeSlip(text: string, kind: 'expression' | 'template'): boolean {
  if (kind === 'template') return /<[A-Za-z_][\w ]*\.output|\$\{/.test(text);
  return /\.length\b|["']\s*\+\s*-?\d|\d\s*\+\s*["']|[<>=]\s*["']\d{1,2}[./]\d/.test(text);
}

/** What slips in a step's texts may have meant. */
function aroundSteps(
  { nodes }: Pick<Definition, 'nodes'>,
  before: ReadonlyMap<string, readonly string[]>,
  inputs: ReturnType<typeof declaredInputs>,
): (node: WorkflowNode) => Around {
  let steps: ReadonlyMap<string, string> | undefined;
  const keyOf = (id: string | undefined) => nodes.find((node) => node.id === id)?.key;
  return ({ id }) => {
    steps ??= new Map(
      nodes.flatMap(({ key, name }): [string, string][] => [
        [name.trim().toLowerCase(), key],
        [key, key],
      ]),
    );
    const previous = keyOf(before.get(id)?.[0]);
    return { steps, previous, inputs: (inputs ?? []).map(({ name }) => name) };
  };
}

/** Code is not parsed here: whoever tries or runs it is told. */
const check = { template: checkTemplate, expression: checkExpression };

type Found = Pick<Problem, 'code' | 'message'>;

/** What is wrong about the steps that a text names: each once, and no more than people read. */
function unknownSteps(
  text: string,
  kind: TextKind,
  look: (key: string) => Found | undefined,
): Found[] {
  const keys = new Set(parseReferences(text, kind).map(({ key }) => key));
  const found: Found[] = [];
  let more = 0;
  for (const key of keys) {
    const wrong = look(key);
    if (wrong && found.length < maxErrors) found.push(wrong);
    else if (wrong) more += 1;
  }
  const [first] = found;
  if (first && more > 0)
    found.push({ code: first.code, message: `And ${more} more steps of this kind.` });
  return found;
}

/** The names that expressions of a node can use: those that all see, and what the steps around it add. */
export function namesFor(
  definition: Pick<Definition, 'nodes' | 'edges'>,
  catalogue: Catalogue,
): (node: WorkflowNode) => string[] {
  const containers = containersOf(definition, catalogue);
  const typeOf = new Map(definition.nodes.map(({ id, type }) => [id, typeNamed(catalogue, type)]));
  const handlers = definition.nodes.filter(({ id }) => typeOf.get(id)?.kind === 'handler');
  const handling = reach(
    handlers.map(({ id }) => id),
    neighbours(definition, 'after'),
  );
  return ({ id }) => [
    ...scopeNames,
    ...stepsAround(containers, id).flatMap((outer) => typeOf.get(outer)?.contains ?? []),
    ...(handling.has(id) || typeOf.get(id)?.kind === 'handler' ? ['error'] : []),
  ];
}

function referenceProblem(
  key: string,
  step: WorkflowNode | undefined,
  earlier: () => ReadonlySet<string>,
) {
  if (!step) return { code: 'unknown_step', message: `There is no step "${key}".` };
  if (!earlier().has(step.id))
    return { code: 'not_earlier', message: `steps.${key} is not an earlier step.` };
  if (step.disabled)
    return { code: 'disabled_step', message: `steps.${key} is disabled, so it has no output.` };
  return undefined;
}

/** A start step that declares inputs refuses all others, so what names another one would fail. */
function unknownInputs(
  text: string,
  kind: TextKind,
  inputs: ReturnType<typeof declaredInputs>,
): Pick<Problem, 'severity' | 'message'>[] {
  if (inputs === undefined) return [];
  const names = inputs.map(({ name }) => name);
  const known = names.length > 0 ? new Set(names) : triggerInputs;
  const unknown = parseInputs(text, kind).filter(({ key }) => !known.has(key));
  const keys = [...new Set(unknown.map(({ key }) => key))].slice(0, maxErrors);
  return keys.map((key) =>
    names.length > 0
      ? {
          severity: 'error',
          message: `There is no input "${key}": the start step has ${names.join(', ')}.`,
        }
      : {
          severity: 'warning',
          message: `The start step has no input "${key}": only a program that starts a run can give it.`,
        },
  );
}

function problem(node: WorkflowNode, path: FieldPath, code: string, message: string): Problem {
  return { severity: 'error', code, message, nodeId: node.id, path };
}
