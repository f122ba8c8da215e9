'use client';

import { ModelMore } from '@/components/agents/model-more';
import { keepRest, policyKey, policyOf, ruleOptions } from '@/components/agents/model-select';
import { useProviders } from '@/components/data/queries';
import { Select, type SelectGroup } from '@/components/ui/controls/select';
import { modelPolicySchema } from '@/lib/models/schema';
import type { ControlProps } from './control-props';
import { useFormHost } from './host';

const unset = '-';

/** Chooses a model: a rule, or one of those that the workspace's providers offer. */
export function ModelPicker({ field, value, path, id, noteId, invalid }: ControlProps) {
  const host = useFormHost();
  const providers = useProviders();
  const policy = modelPolicySchema.safeParse(value).data;
  const shown = value === undefined ? field.fallback : value;
  const chosen =
    shown === undefined ? unset : policyKey(modelPolicySchema.catch('auto').parse(shown));
  const inherits = !field.required && field.fallback === undefined;
  const ready = (providers.data?.items ?? []).filter((provider) => provider.state === 'ready');
  const groups: SelectGroup[] = [
    {
      label: 'Rule',
      options: [...(inherits ? [{ value: unset, label: 'The agent’s own' }] : []), ...ruleOptions],
    },
    ...ready.map((provider) => ({
      label: provider.title,
      options: provider.models.map((model) => ({
        value: `${provider.provider}:${model.id}`,
        label: model.id,
        ...(model.inputPrice === undefined ? {} : { hint: `$${model.inputPrice}/M in` }),
      })),
    })),
  ];
  const known = groups.some((group) => group.options.some((option) => option.value === chosen));
  if (!known) {
    const label = chosen.slice(chosen.indexOf(':') + 1);
    groups.push({ label: 'Not available here', options: [{ value: chosen, label }] });
  }
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
          const named = next === unset ? undefined : policyOf(next);
          host.set(path, named && keepRest(named, value === undefined ? undefined : policy));
        }}
      />
      {value === undefined || policy === undefined ? null : (
        <ModelMore
          value={policy}
          disabled={host.readOnly}
          onChange={(next) => host.set(path, next)}
        />
      )}
    </div>
  );
}
