import { emptyRow, fieldsOf } from '@/lib/nodes/node-type/form-fields';
import { isRecord } from '@/lib/values/unknown';
import { shapeOf } from '@/lib/values/zod-parts';
import { unwrap } from '@/lib/workflows/config-fields';
import type { DraftNode } from './graph';
import { sampleOf, typeOf } from './node-types';

/**
 * What a new step begins with: a list that may not be empty has one row, so that a switch shows its first case at
 * once; what it works on, where the step before it gives that; and a connection that it needs, where there is only one.
 * All else is left to the type's defaults.
 */
export function initialConfig(
  type: string,
  newId: () => string,
  source?: Pick<DraftNode, 'type' | 'key'>,
  /** The only connection of some kinds, where there is just one. */
  onlyConnection: (kinds: readonly string[]) => string | undefined = () => undefined,
): Record<string, unknown> {
  const config = typeOf(type)?.config;
  if (!config) return {};
  const begun: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(shapeOf(config))) {
    const { prefill, widget, kinds } = unwrap(schema).meta;
    const sample = source && sampleOf(source.type);
    if (source && typeof prefill === 'string' && isRecord(sample) && prefill in sample)
      begun[name] = `steps.${source.key}.output.${prefill}`;
    if (widget !== 'connection' || !Array.isArray(kinds) || takesNothing(schema)) continue;
    const only = onlyConnection(kinds.map(String));
    if (only !== undefined) begun[name] = only;
  }
  for (const field of fieldsOf(config)) {
    if (field.control.kind !== 'rows') continue;
    const schema = config.shape[field.name] as { safeParse(value: unknown): { success: boolean } };
    if (schema.safeParse([]).success) continue;
    begun[field.name] = [{ ...emptyRow(field.control.fields), id: newId().slice(0, 8) }];
  }
  return begun;
}

const takesNothing = (schema: { safeParse(value: unknown): { success: boolean } }): boolean =>
  schema.safeParse(undefined).success;
