import { emptyRow, fieldsOf } from '@/lib/nodes/node-type/form-fields';
import { typeOf } from './node-types';

/**
 * What a new step begins with: a list that may not be empty has one row, so that a switch shows its first case at
 * once. All else is left to the type's defaults.
 */
export function initialConfig(type: string, newId: () => string): Record<string, unknown> {
  const config = typeOf(type)?.config;
  if (!config) return {};
  const begun: Record<string, unknown> = {};
  for (const field of fieldsOf(config)) {
    if (field.control.kind !== 'rows') continue;
    const schema = config.shape[field.name] as { safeParse(value: unknown): { success: boolean } };
    if (schema.safeParse([]).success) continue;
    begun[field.name] = [{ ...emptyRow(field.control.fields), id: newId().slice(0, 8) }];
  }
  return begun;
}
