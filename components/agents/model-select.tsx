'use client';

import { useProviders } from '@/components/data/queries';
import { Select, type SelectGroup } from '@/components/ui/controls/select';
import type { ProviderView } from '@/lib/models/contract';
import { modeHints, modeTitles } from '@/lib/models/modes';
import { providerInfo } from '@/lib/models/providers';
import { isRule, type ModelPolicy, modelModes, providerIds } from '@/lib/models/schema';

type Props = {
  value: ModelPolicy;
  onChange: (value: ModelPolicy) => void;
  /** Models on this machine alone; no choice by the product. */
  only?: 'named' | 'local';
  id?: string;
  disabled?: boolean;
  size?: 'sm' | 'md';
  'aria-label'?: string;
  'aria-describedby'?: string;
};

/** A model policy as one text: `auto`, a mode, or `provider:model` (a model's name may contain colons). */
export function policyKey(policy: ModelPolicy): string {
  if (policy === 'auto') return 'auto';
  return 'mode' in policy ? policy.mode : `${policy.provider}:${policy.model}`;
}

export function policyOf(key: string): ModelPolicy {
  const mode = modelModes.find((each) => each === key);
  if (mode !== undefined) return { mode };
  const at = key.indexOf(':');
  const provider = providerIds.find((each) => each === key.slice(0, at));
  return provider ? { provider, model: key.slice(at + 1) } : 'auto';
}

/** Another model in the same place: what answers when it fails stays. */
export function keepRest(next: ModelPolicy, before: ModelPolicy | undefined): ModelPolicy {
  if (isRule(next) || before === undefined || isRule(before)) return next;
  const fallback = (before.fallback ?? []).filter(
    ({ provider, model }) => provider !== next.provider || model !== next.model,
  );
  return {
    ...next,
    ...(fallback.length === 0 ? {} : { fallback }),
    ...(before.localOnly && providerInfo(next.provider).local ? { localOnly: true } : {}),
  };
}

/** The rules that choose a model at each call. */
export const ruleOptions = [
  { value: 'auto', label: 'Auto', hint: 'local, then cheapest' },
  ...modelModes.map((mode) => ({
    ...{ value: mode, label: modeTitles[mode] },
    hint: modeHints[mode],
  })),
];

function price(model: ProviderView['models'][number]): string | undefined {
  if (model.inputPrice === undefined || model.outputPrice === undefined) return undefined;
  if (model.inputPrice === 0 && model.outputPrice === 0) return 'free';
  return `$${model.inputPrice} / $${model.outputPrice}`;
}

/** Chooses a model of the providers that can be called now, or leaves the choice to the product. */
export function ModelSelect({ value, onChange, only, ...rest }: Props) {
  const providers = useProviders();
  const ready = (providers.data?.items ?? []).filter(
    (each) => each.state === 'ready' && (only !== 'local' || each.local),
  );
  const groups: SelectGroup[] = ready
    .filter((each) => each.models.length > 0)
    .map((each) => ({
      label: each.title,
      options: each.models.map((model) => ({
        value: `${each.provider}:${model.id}`,
        label: model.id,
        hint: price(model),
      })),
    }));
  const key = policyKey(value);
  const known =
    isRule(value) || groups.some((group) => group.options.some((option) => option.value === key));
  const options = [
    ...(only === undefined ? ruleOptions : []),
    ...(known ? [] : [{ value: key, label: `${key.replace(':', ' · ')} (not available now)` }]),
  ];
  return (
    <Select
      value={key}
      onValueChange={(next) => onChange(keepRest(policyOf(next), value))}
      options={options}
      groups={groups}
      {...rest}
    />
  );
}
