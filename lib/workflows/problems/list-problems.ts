import { shapeIn } from '@/lib/expressions/shapes/check-fields';
import { type Shape, shapeOf } from '@/lib/expressions/shapes/shapes';
import { splitTemplate } from '@/lib/expressions/template';
import { at } from '@/lib/values/unknown';
import { textFields } from '../config-fields';
import { type Catalogue, typeNamed } from '../node-catalogue';
import type { Definition, Problem } from '../schema';
import { outputShape } from './output-shapes';
import { isReadByPeople } from './read-by-people';

/** Lists of objects that stand as they are in a text for people, who would get them as JSON. */
export function listProblems(
  { nodes }: Pick<Definition, 'nodes'>,
  catalogue: Catalogue,
  seen: Readonly<Record<string, Shape>>,
): Problem[] {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const outputs = (key: string): Shape | undefined => {
    const node = byKey.get(key);
    if (node === undefined) return undefined;
    return outputShape(node, seen)?.shape ?? rowsOf(typeNamed(catalogue, node.type)?.sample);
  };
  return nodes.flatMap((node) => {
    const type = typeNamed(catalogue, node.type);
    if (type === undefined || node.disabled) return [];
    return textFields(type, node.config).flatMap(({ path, text }): Problem[] => {
      if (!isReadByPeople(node.type, path[0]) || !text.includes('steps')) return [];
      const raw = splitTemplate(text).filter(
        (part) => part.kind === 'expression' && part.closed && isRows(shapeIn(part.text, outputs)),
      );
      const [first] = raw;
      if (first === undefined) return [];
      return [
        {
          severity: 'warning',
          code: 'raw_list',
          message: `${first.text.trim()} is a list: people would read it as JSON. table(…) makes a table of it.`,
          nodeId: node.id,
          path,
          fix: raw.reduceRight(
            (fixed, part) =>
              `${fixed.slice(0, part.start)} table(${part.text.trim()}) ${fixed.slice(part.start + part.text.length)}`,
            text,
          ),
        },
      ];
    });
  });
}

const isRows = (shape: Shape | undefined): boolean =>
  shape?.kind === 'list' && shape.items?.kind === 'object';

/** Steps that work on rows give rows before they have run, too. */
function rowsOf(sample: unknown): Shape | undefined {
  const rows = shapeOf(at(sample, 'rows'));
  return rows?.kind === 'list' ? { kind: 'object', fields: { rows } } : undefined;
}
