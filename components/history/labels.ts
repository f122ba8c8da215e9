import { plural } from '@/components/ui/format';
import { typeOf } from '@/lib/canvas/node-types';
import type { ChangedElement, ChangesEntry } from '@/lib/history/contract';
import { type Field, fieldsOf } from '@/lib/nodes/node-type/form-fields';

const known: Record<string, string> = {
  name: 'Name',
  key: 'Key',
  type: 'Type',
  position: 'Position',
  size: 'Size',
  disabled: 'Disabled',
  group: 'Group',
  color: 'Colour',
  fixed: 'Position pinned',
  policy: 'Retries, errors and limits',
  pinnedOutput: 'Pinned output',
  description: 'Description',
  timeoutMs: 'Timeout',
  text: 'Text',
  source: 'From',
  target: 'To',
  sourcePort: 'Output',
  targetPort: 'Input',
};

const readable = (name: string) => {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
};

/** A field's name as its form shows it: `config.cases.<id>.when` of a switch is "Cases: When". */
export function fieldLabel(path: string, nodeType: string | undefined): string {
  const [root, field = '', row, inner] = path.split('.');
  if (root !== 'config') return known[path] ?? readable(path);
  const type = nodeType === undefined ? undefined : typeOf(nodeType);
  const fields: readonly Field[] = type ? fieldsOf(type.config) : [];
  const found = fields.find((each) => each.name === field);
  const label = found?.title ?? readable(field);
  if (row === undefined || inner === undefined) return label;
  const { control } = found ?? {};
  const rows = control?.kind === 'rows' ? control.fields : [];
  return `${label}: ${rows.find((each) => each.name === inner)?.title ?? readable(inner)}`;
}

/** The fields of an element in a few words: "Prompt, Model". */
export function fieldsLabel(paths: readonly string[], nodeType: string | undefined): string {
  return [...new Set(paths.map((path) => fieldLabel(path, nodeType)))].join(', ');
}

export const partNames = {
  meta: 'Workflow',
  nodes: 'Step',
  edges: 'Wire',
  groups: 'Group',
  notes: 'Note',
} as const;

/** Where edits came from when it was not a person at the canvas. */
const originNames: Readonly<Record<string, string>> = {
  api: 'through the API',
  undo: 'undone through the API',
  suggestion: 'accepted from a suggestion',
  restore: 'restored an earlier state',
  repair: 'repaired after a merge',
};

/** Where edits came from when it was not a person at the canvas: "accepted from Ana's suggestion". */
export function originLabel({ origin, from }: ChangesEntry): string | undefined {
  if (from?.kind === 'version') return `restored v${from.number}`;
  if (from?.kind === 'revision' && from.name !== '') return `restored “${from.name}”`;
  if (from?.kind === 'suggestion' && from.author) {
    return `accepted from ${from.author.name}’s suggestion`;
  }
  return originNames[origin];
}

/** What somebody did, shortened: moves and connections as counts, everything else by name. */
export function summaryOf(elements: readonly ChangedElement[]): {
  named: ChangedElement[];
  rest: string[];
} {
  const named = elements.filter(
    ({ part, change, fields }) =>
      part !== 'edges' && !(change === 'changed' && fields.every(isPlace)),
  );
  const moved = elements.filter(
    ({ part, change, fields }) => part !== 'edges' && change === 'changed' && fields.every(isPlace),
  ).length;
  const edges = elements.filter(({ part }) => part === 'edges');
  const count = (change: ChangedElement['change']) =>
    edges.filter((edge) => edge.change === change).length;
  const rest = [
    moved > 0 ? `${plural(moved, 'step')} moved` : '',
    count('added') > 0 ? `${plural(count('added'), 'wire')} added` : '',
    count('removed') > 0 ? `${plural(count('removed'), 'wire')} removed` : '',
    count('changed') > 0 ? `${plural(count('changed'), 'wire')} changed` : '',
  ];
  return { named, rest: rest.filter((each) => each !== '') };
}

const isPlace = (field: string) => field === 'position' || field === 'size' || field === 'fixed';
