import type { NodeType } from '@/lib/nodes/node-type/define-node';
import type { Change } from './schema';

/** What a change is called among the settings of a step. */
const settingNames = { model: 'model', prompt: 'prompt', instructions: 'system' } as const;
export type Setting = keyof typeof settingNames;
const settings: readonly Setting[] = ['model', 'prompt', 'instructions'];

/** What of a step an experiment can change: nothing, unless it asks a model. */
export function settingsFor(type: Pick<NodeType, 'config'>): Setting[] {
  const { shape } = type.config;
  if (!Object.hasOwn(shape, 'model')) return [];
  return settings.filter((setting) => Object.hasOwn(shape, settingNames[setting]));
}

/** A change in the words of a step’s settings. */
export function stepSettings(change: Change): Record<string, unknown> {
  return Object.fromEntries(
    settings.flatMap((setting) =>
      change[setting] === undefined ? [] : [[settingNames[setting], change[setting]]],
    ),
  );
}

/** A step’s settings as a variant has them; undefined where they would not be valid. */
export function changedConfig(
  type: Pick<NodeType, 'config'>,
  config: Record<string, unknown>,
  change: Change,
): Record<string, unknown> | undefined {
  const parsed = type.config.safeParse({ ...config, ...stepSettings(change) });
  return parsed.success ? parsed.data : undefined;
}
