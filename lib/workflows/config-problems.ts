import type { z } from 'zod';
import type { NodeType } from '@/lib/nodes/node-type/define-node';
import { type FieldPath, titleAt } from './config-fields';
import { kindName, pathOf, valueAt, wrongKind } from './config-kinds';

/** What is wrong with a node's config by its own schema, one plain sentence each. */
export function configProblems(
  type: NodeType,
  config: Record<string, unknown>,
): { path: FieldPath; message: string; missing?: true }[] {
  const parsed = type.config.safeParse(config);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => {
    const path = pathOf(issue);
    const value = valueAt(config, path);
    const wrong = wrongKind(type, path, value, issue);
    return {
      path,
      message: wrong ?? sentence(type, path, issue),
      ...(isEmpty(value) && issue.code !== 'unrecognized_keys' ? { missing: true } : {}),
    };
  });
}

/** Whether nobody has entered anything yet. */
const isEmpty = (value: unknown) =>
  value === undefined ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

/** Messages that our schemas carry are sentences already; zod's own are said again in plain words. */
function sentence(type: NodeType, path: FieldPath, issue: z.core.$ZodIssue): string {
  const own = !/^(Invalid|Too (big|small)|Unrecognized)/.test(issue.message);
  if (own) return issue.message;
  const title = titleAt(type, path);
  switch (issue.code) {
    case 'invalid_type':
      return `${title} must be ${kindName(issue.expected)}.`;
    case 'unrecognized_keys':
      return `There is no setting ${issue.keys.map((key) => `"${key.slice(0, 60)}"`).join(', ')}.`;
    case 'too_small':
      return `${title} is too small: at least ${issue.minimum}.`;
    case 'too_big':
      return `${title} is too large: at most ${issue.maximum}.`;
    case 'invalid_value':
      return `${title} must be one of ${issue.values.map(String).join(', ')}.`;
    default:
      return `${title} is not valid.`;
  }
}
