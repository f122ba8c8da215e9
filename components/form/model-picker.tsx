'use client';

import { ModelFallbacks } from '@/components/agents/model-fallbacks';
import { keepRest } from '@/components/agents/model-select';
import { useProviders } from '@/components/data/queries';
import { Select, type SelectGroup } from '@/components/ui/controls/select';
import { type ModelPolicy, modelPolicySchema } from '@/lib/models/schema';
import type { ControlProps } from './control-props';
import { useFormHost } from './host';

const unset = '-';
const separator = '/';

function keyOf(policy: unknown): string {
  if (policy === undefined) return unset;
  if (typeof policy !== 'object' || policy === null) return 'auto';
  const { provider, model } = policy as { provider: string; model: string };
  return `${provider}${separator}${model}`;
}

function policyOf(key: string): ModelPolicy | undefined {
  if (key === unset) return undefined;
  if (key === 'auto') return 'auto';
  const cut = key.indexOf(separator);
  return {
    provider: key.slice(0, cut) as Exclude<ModelPolicy, 'auto'>['provider'],
    model: key.slice(cut + 1),
  };
}

/** Chooses a model: the rule "auto", or one of those that the workspace's providers offer. */
export function ModelPicker({ field, value, path, id, noteId, invalid }: ControlProps) {
  const host = useFormHost();
  const providers = useProviders();
  const chosen = keyOf(value ?? field.fallback);
  const inherits = !field.required && field.fallback === undefined;
  const ready = (providers.data?.items ?? []).filter((provider) => provider.state === 'ready');
  const groups: SelectGroup[] = [
    {
      label: 'Rule',
      options: [
        ...(inherits ? [{ value: unset, label: 'The agent’s own' }] : []),
        { value: 'auto', label: 'Auto', hint: 'local, then cloud' },
      ],
    },
    ...ready.map((provider) => ({
      label: provider.title,
      options: provider.models.map((model) => ({
        value: `${provider.provider}${separator}${model.id}`,
        label: model.id,
        ...(model.inputPrice === undefined ? {} : { hint: `$${model.inputPrice}/M in` }),
      })),
    })),
  ];
  const known = groups.some((group) => group.options.some((option) => option.value === chosen));
  if (!known) {
    const label = chosen.slice(chosen.indexOf(separator) + 1);
    groups.push({ label: 'Not available here', options: [{ value: chosen, label }] });
  }
  const policy = modelPolicySchema.safeParse(value).data;
  return (
    <div>
      <Select
        id={id}
        aria-label={field.title}
        aria-describedby={noteId}
        aria-invalid={invalid || undefined}
        value={chosen}
        disabled={host.readOnly}
        groups={groups}
        onValueChange={(next) => {
          const named = policyOf(next);
          host.set(path, named && keepRest(named, value === undefined ? undefined : policy));
        }}
      />
      {value === undefined || policy === undefined || policy === 'auto' ? null : (
        <ModelFallbacks
          value={policy}
          disabled={host.readOnly}
          onChange={(next) => host.set(path, next)}
        />
      )}
    </div>
  );
}
