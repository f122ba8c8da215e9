'use client';

import { type FormEvent, useId, useState } from 'react';
import { useChangePool, useMakePool } from '@/components/data/pool-queries';
import { useAgents } from '@/components/data/queries';
import { Avatar } from '@/components/icons/avatar';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { toast } from '@/components/ui/controls/toast';
import { Dialog } from '@/components/ui/overlays/dialog';
import { type PoolView, type Strategy, strategies } from '@/lib/messages/pools';
import { strategyHints, strategyTitles } from './texts';

type Props = { pool: PoolView | undefined; onClose: () => void };

const weights = [1, 2, 3, 4, 5];

/** Makes a pool, or changes who is in it and how one of them is chosen. */
export function PoolDialog({ pool, onClose }: Props) {
  const form = useId();
  const [name, setName] = useState('');
  const [strategy, setStrategy] = useState<Strategy>(pool?.strategy ?? 'least-busy');
  const [chosen, setChosen] = useState<ReadonlyMap<string, number>>(
    () => new Map(pool?.agents.map(({ handle, weight }) => [handle, weight])),
  );
  // The pool as this dialog shows it: somebody else may change it meanwhile.
  const [was] = useState(
    () =>
      pool && {
        strategy: pool.strategy,
        agents: pool.agents.map(({ handle, weight }) => ({ agent: handle, weight })),
      },
  );
  const make = useMakePool();
  const change = useChangePool();
  const error = make.error ?? change.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const agents = [...chosen].map(([agent, weight]) => ({ agent, weight }));
    const onSuccess = () => {
      toast.success(pool === undefined ? `The pool ${name.trim()} was created` : 'Saved');
      onClose();
    };
    if (pool === undefined) make.mutate({ name: name.trim(), strategy, agents }, { onSuccess });
    else change.mutate({ id: pool.id, strategy, agents, ...(was ? { was } : {}) }, { onSuccess });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={pool === undefined ? 'New pool' : `Edit ${pool.name}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={pool === undefined && name.trim() === ''}
            loading={make.isPending || change.isPending}
          >
            {pool === undefined ? 'Create' : 'Save'}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4">
        {pool === undefined ? (
          <Field label="Name" hint="Steps and messages call the pool by it.">
            <Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
          </Field>
        ) : null}
        <Field label="Who gets a message" hint={strategyHints[strategy]}>
          <Select
            value={strategy}
            onValueChange={(next) =>
              setStrategy(strategies.find((one) => one === next) ?? 'least-busy')
            }
            options={strategies.map((value) => ({ value, label: strategyTitles[value] }))}
          />
        </Field>
        <AgentChoice chosen={chosen} onChange={setChosen} />
        {error ? (
          <p role="alert" className="text-xs text-danger">
            {error.message}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}

type Choice = {
  chosen: ReadonlyMap<string, number>;
  onChange: (chosen: ReadonlyMap<string, number>) => void;
};

function AgentChoice({ chosen, onChange }: Choice) {
  const agents = useAgents().data?.items ?? [];
  const set = (handle: string, weight: number | undefined) => {
    const next = new Map(chosen);
    if (weight === undefined) next.delete(handle);
    else next.set(handle, weight);
    onChange(next);
  };
  return (
    <fieldset className="space-y-1.5">
      <legend className="text-xs font-medium text-muted">Agents</legend>
      <ul className="max-h-64 divide-y overflow-y-auto rounded-md border">
        {agents.map(({ handle, name }) => {
          const weight = chosen.get(handle);
          return (
            <li key={handle} className="flex h-9 items-center gap-2.5 px-2.5 text-sm">
              <label className="flex min-w-0 flex-1 items-center gap-2.5">
                <input
                  type="checkbox"
                  checked={weight !== undefined}
                  onChange={(event) => set(handle, event.target.checked ? 1 : undefined)}
                />
                <Avatar name={name} size={20} square />
                <span className="min-w-0 truncate">{name}</span>
              </label>
              {weight === undefined ? null : (
                <Select
                  size="sm"
                  className="w-28"
                  aria-label={`Weight of ${name}`}
                  value={String(weight)}
                  onValueChange={(next) => set(handle, Number(next))}
                  options={[...new Set([...weights, weight])].map((one) => ({
                    value: String(one),
                    label: `Weight ${one}`,
                  }))}
                />
              )}
            </li>
          );
        })}
      </ul>
      {agents.length === 0 ? (
        <p className="text-xs text-faint">There are no agents yet.</p>
      ) : (
        <p className="text-xs text-faint">
          Without agents, steps and programs take messages from the pool.
        </p>
      )}
    </fieldset>
  );
}
