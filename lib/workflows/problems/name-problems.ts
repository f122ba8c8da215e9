import { nameProblem } from '@/lib/names/name-problem';
import type { Definition, Problem } from '../schema';

/**
 * Names that a program wrote straight into the draft and that nobody could enter: of the workflow, its steps and
 * groups, and the labels of rows in a step's settings.
 */
export function nameProblems({ name, nodes, groups = [] }: Definition): Problem[] {
  const found = (what: string, text: string, place: Partial<Problem> = {}): Problem[] => {
    const problem = nameProblem(text);
    if (problem === undefined) return [];
    const message = `${what}: ${problem}.`;
    return [{ severity: 'error', code: 'unreadable_name', message, ...place }];
  };
  return [
    ...found('The workflow’s name', name),
    ...groups.flatMap((group) => found('The name of a group', group.name)),
    ...nodes.flatMap((node) => [
      ...found('The step’s name', node.name, { nodeId: node.id }),
      ...labelsIn(node.config).flatMap(({ path, label }) =>
        found('The label', label, { nodeId: node.id, path }),
      ),
    ]),
  ];
}

function labelsIn(config: Record<string, unknown>) {
  return Object.entries(config).flatMap(([field, rows]) =>
    !Array.isArray(rows)
      ? []
      : rows.flatMap((row: unknown, index) =>
          typeof row === 'object' && row !== null && 'label' in row && typeof row.label === 'string'
            ? [{ path: [field, index, 'label'], label: row.label }]
            : [],
        ),
  );
}
