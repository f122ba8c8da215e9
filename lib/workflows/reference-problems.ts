import { checkExpression, checkTemplate } from '@/lib/expressions/check';
import { parseReferences } from '@/lib/expressions/references';
import { type FieldPath, textFields } from './config-fields';
import { neighbours, reach } from './graph';
import { type Catalogue, typeNamed } from './node-catalogue';
import type { Definition, Problem, WorkflowNode } from './schema';

/** Names that every expression of a workflow can use. */
export const scopeNames: readonly string[] = ['input', 'steps', 'run'];

/** Templates and expressions that cannot be read, or that name steps which are not there or not earlier. */
export function referenceProblems(definition: Definition, catalogue: Catalogue): Problem[] {
  const before = neighbours(definition, 'before');
  const byKey = new Map(definition.nodes.map((node) => [node.key, node]));
  return definition.nodes.flatMap((node) => {
    const type = typeNamed(catalogue, node.type);
    if (!type || node.disabled) return [];
    // Most steps name few others, and a long workflow has many: walked back only where one is named.
    let known: ReadonlySet<string> | undefined;
    const earlier = () => {
      known ??= reach([node.id], before);
      return known;
    };
    return textFields(type, node.config).flatMap(({ path, text, kind, names }) => {
      const scope = { names: [...scopeNames, ...names] };
      // An empty text is the schema's business: it says whether the field may be empty.
      if (text.trim() === '') return [];
      const errors =
        kind === 'template' ? checkTemplate(text, scope) : checkExpression(text, scope);
      return [
        ...errors.map(({ message }) => problem(node, path, 'invalid_expression', message)),
        ...parseReferences(text, kind).flatMap(({ key }) => {
          const found = referenceProblem(key, byKey.get(key), earlier);
          return found ? [problem(node, path, found.code, found.message)] : [];
        }),
      ];
    });
  });
}

function referenceProblem(
  key: string,
  step: WorkflowNode | undefined,
  earlier: () => ReadonlySet<string>,
) {
  if (!step) return { code: 'unknown_step', message: `There is no step "${key}".` };
  if (!earlier().has(step.id))
    return { code: 'not_earlier', message: `steps.${key} is not a step before this one.` };
  if (step.disabled)
    return { code: 'disabled_step', message: `steps.${key} is disabled, so it has no output.` };
  return undefined;
}

function problem(node: WorkflowNode, path: FieldPath, code: string, message: string): Problem {
  return { severity: 'error', code, message, nodeId: node.id, path };
}
