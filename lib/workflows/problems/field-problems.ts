import { missingFields } from '@/lib/expressions/shapes/check-fields';
import type { Shape } from '@/lib/expressions/shapes/shapes';
import { textFields } from '../config-fields';
import { type Catalogue, typeNamed } from '../node-catalogue';
import type { Definition, Problem } from '../schema';
import { outputShape } from './output-shapes';

/** Of one text. */
const maxTold = 5;

/**
 * Fields of outputs that texts name and that are not there: an error where a step's settings say which it has, a warning
 * where only a run or a sample shows it.
 */
export function fieldProblems(
  { nodes }: Pick<Definition, 'nodes'>,
  catalogue: Catalogue,
  seen: Readonly<Record<string, Shape>>,
): Problem[] {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const known = new Map<string, ReturnType<typeof outputShape>>();
  const outputOf = (key: string) => {
    const node = byKey.get(key);
    if (node && !known.has(key)) known.set(key, outputShape(node, seen));
    return known.get(key);
  };
  return nodes.flatMap((node) => {
    const type = typeNamed(catalogue, node.type);
    if (!type || node.disabled) return [];
    return textFields(type, node.config).flatMap(({ path, text, kind }): Problem[] => {
      if (kind === 'code') return [];
      let sure = true;
      const outputs = (key: string) => {
        const output = outputOf(key);
        sure &&= output?.sure ?? true;
        return output?.shape;
      };
      const found = missingFields(text, kind, outputs);
      return found.slice(0, maxTold).map(({ message, range, instead }) => ({
        severity: sure ? 'error' : 'warning',
        code: 'unknown_field',
        message,
        nodeId: node.id,
        path,
        ...(instead === undefined
          ? {}
          : { fix: text.slice(0, range.start) + instead + text.slice(range.end) }),
      }));
    });
  });
}
