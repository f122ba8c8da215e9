'use client';

import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import { useProviders } from '@/components/data/queries';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Switch } from '@/components/ui/controls/switch';
import type { ProviderView } from '@/lib/models/contract';
import { providerInfo } from '@/lib/models/providers';
import { isRule, type ModelPolicy, type NamedPolicy } from '@/lib/models/schema';
import { ModelSelect } from './model-select';

type Policy = NamedPolicy;
type Named = Pick<Policy, 'provider' | 'model'>;
const maxFallbacks = 5;

/** What else a policy says: of a rule, whether anything may leave this machine; of a named model, what follows it, too. */
export function ModelMore({
  value,
  onChange,
  disabled = false,
}: {
  value: ModelPolicy;
  onChange: (value: ModelPolicy) => void;
  disabled?: boolean;
}) {
  if (value === 'auto') return null;
  if (!isRule(value)) {
    return <ModelFallbacks value={value} onChange={onChange} disabled={disabled} />;
  }
  const { mode, localOnly } = value;
  return (
    <LocalOnly
      checked={localOnly === true}
      disabled={disabled}
      onChange={(on) => onChange(on ? { mode, localOnly: true } : { mode })}
    />
  );
}

/** Which models answer when the chosen one fails, in their order; and whether anything may leave this machine. */
function ModelFallbacks({
  value,
  onChange,
  disabled = false,
}: {
  value: Policy;
  onChange: (value: ModelPolicy) => void;
  disabled?: boolean;
}) {
  const providers = useProviders();
  const fallback = value.fallback ?? [];
  const local = providerInfo(value.provider).local;
  const only = value.localOnly ? 'local' : 'named';
  const set = (next: Named[]) => onChange(policyWith(value, next));
  const free = suggested(providers.data?.items ?? [], value, only);
  return (
    <div className="space-y-1.5 pt-1.5">
      {fallback.map((each, index) => (
        <div key={`${each.provider} ${each.model}`} className="flex items-center gap-1.5">
          <span className="w-20 shrink-0 text-xs text-muted">
            {index === 0 ? 'If it fails' : 'Then'}
          </span>
          <div className="min-w-0 grow">
            <ModelSelect
              size="sm"
              only={only}
              aria-label={`Model ${index + 2}, if those before it fail`}
              value={each}
              disabled={disabled}
              onChange={(next) => {
                if (isRule(next) || taken([value, ...fallback], next)) return;
                set(fallback.map((one, at) => (at === index ? named(next) : one)));
              }}
            />
          </div>
          <IconButton
            size="sm"
            label={`Remove ${each.model}`}
            disabled={disabled}
            onClick={() => set(fallback.filter((_, at) => at !== index))}
          >
            <X />
          </IconButton>
        </div>
      ))}
      {disabled || free === undefined || fallback.length >= maxFallbacks ? null : (
        <Button size="sm" variant="ghost" onClick={() => set([...fallback, free])}>
          <Plus />
          {fallback.length === 0 ? 'If it fails, use…' : 'And then…'}
        </Button>
      )}
      {local ? (
        <LocalOnly
          checked={value.localOnly === true}
          disabled={disabled}
          onChange={(on) => onChange(withLocalOnly(value, on))}
        />
      ) : null}
    </div>
  );
}

function LocalOnly({
  checked,
  disabled,
  onChange,
}: {
  checked: boolean;
  disabled: boolean;
  onChange: (on: boolean) => void;
}) {
  const id = useId();
  return (
    <div className="flex items-center gap-2 pt-1.5 text-xs">
      <Switch id={id} checked={checked} disabled={disabled} onCheckedChange={onChange} />
      <label htmlFor={id}>Never leaves this machine</label>
    </div>
  );
}

/** Of the models that are not named yet one of another provider, which may be there when this one is not. */
function suggested(
  views: readonly ProviderView[],
  value: Policy,
  only: 'local' | 'named',
): Named | undefined {
  const models = views
    .filter((each) => each.state === 'ready' && (only !== 'local' || each.local))
    .flatMap(({ provider, models }) => models.map((model) => ({ ...model, provider })));
  const price = (each: Named) =>
    models.find(({ provider, id }) => provider === each.provider && id === each.model)?.inputPrice;
  const own = price(value) ?? 0;
  const rank = (each: (typeof models)[number]) =>
    (each.provider === value.provider ? 1_000_000 : 0) + Math.abs((each.inputPrice ?? 1_000) - own);
  return models
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ provider, id }) => ({ provider, model: id }))
    .find((each) => !taken([value, ...(value.fallback ?? [])], each));
}

const named = ({ provider, model }: Named): Named => ({ provider, model });

const taken = (all: readonly Named[], { provider, model }: Named) =>
  all.some((each) => each.provider === provider && each.model === model);

function policyWith({ fallback: _, ...rest }: Policy, next: Named[]): Policy {
  return next.length === 0 ? rest : { ...rest, fallback: next };
}

function withLocalOnly({ localOnly: _, ...rest }: Policy, on: boolean): Policy {
  if (!on) return rest;
  const stays = (rest.fallback ?? []).filter(({ provider }) => providerInfo(provider).local);
  return policyWith({ ...rest, localOnly: true }, stays);
}
