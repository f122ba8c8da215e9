import { stringify } from 'yaml';
import type { Definition } from '../schema';
import { canonicalDefinition } from './canonical';

export type FileFormat = 'json' | 'yaml';

/** A workflow as the text of a file. Reading it back and writing it again gives the same bytes. */
export function exportWorkflow(definition: Definition, format: FileFormat): string {
  const canonical = canonicalDefinition(definition);
  if (format === 'json') return `${JSON.stringify(canonical, null, 2)}\n`;
  return stringify(canonical, { aliasDuplicateObjects: false, lineWidth: 0 });
}

/** A name for the file: `Comprehensive data analysis` → `comprehensive-data-analysis.yaml`. */
export function exportFileName(definition: Pick<Definition, 'name'>, format: FileFormat): string {
  const plain = definition.name
    .normalize('NFKD')
    .replace(/[^\w\s-]/g, '')
    .trim()
    .toLowerCase();
  return `${plain.replace(/[\s_-]+/g, '-').slice(0, 80) || 'workflow'}.${format}`;
}
