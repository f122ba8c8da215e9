import { parseReferences, renameReferences } from '@/lib/expressions/references';
import type { NodeType } from '@/lib/nodes/define-node';
import { type FieldPath, textFields } from './config-fields';

/** A text field of a config whose references changed. */
export type Rewrite = { path: FieldPath; text: string };

/** The steps that a node's config names, by key, with the field that does. */
export function configReferences(
  type: NodeType,
  config: Record<string, unknown>,
): { path: FieldPath; key: string }[] {
  return textFields(type, config).flatMap(({ path, text, kind }) =>
    parseReferences(text, kind).map(({ key }) => ({ path, key })),
  );
}

/** The fields of a config to write when step `from` is renamed `to`: only those that change. */
export function renameInConfig(
  type: NodeType,
  config: Record<string, unknown>,
  from: string,
  to: string,
): Rewrite[] {
  return textFields(type, config).flatMap(({ path, text, kind }) => {
    const renamed = renameReferences(text, from, to, kind);
    return renamed === text ? [] : [{ path, text: renamed }];
  });
}
