'use client';

import { useState } from 'react';
import { useWorkflows } from '@/components/data/queries';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { plural } from '@/components/ui/format';

type Props = { ids: string[] | null; onChange: (ids: string[] | null) => void };

/** Which workflows may use a connection: all of the workspace, or those that are ticked. */
export function AllowedWorkflows({ ids, onChange }: Props) {
  return (
    <>
      <Field
        label="May be used by"
        hint={
          ids === null
            ? 'Whoever may edit workflows can use it in their steps.'
            : 'Steps of all other workflows fail when they name it.'
        }
      >
        <Select
          value={ids === null ? 'all' : 'some'}
          options={[
            { value: 'all', label: 'All workflows of this workspace' },
            { value: 'some', label: 'Only chosen workflows' },
          ]}
          onValueChange={(next) => onChange(next === 'all' ? null : (ids ?? []))}
        />
      </Field>
      {ids === null ? null : <Chosen ids={ids} onChange={onChange} />}
    </>
  );
}

function Chosen({ ids, onChange }: { ids: string[]; onChange: (ids: string[]) => void }) {
  const [q, setQ] = useState('');
  const found = useWorkflows(q);
  const workflows = found.data?.pages.flatMap(({ items }) => items) ?? [];
  const toggle = (id: string, on: boolean) =>
    onChange(on ? [...ids, id] : ids.filter((other) => other !== id));
  return (
    <fieldset className="space-y-2">
      <legend className="sr-only">Workflows that may use it</legend>
      <Input
        type="search"
        size={1}
        aria-label="Search workflows"
        placeholder="Search workflows"
        value={q}
        onChange={(event) => setQ(event.target.value)}
      />
      <ul className="max-h-44 overflow-y-auto rounded-md border py-1">
        {workflows.map(({ id, name }) => (
          <li key={id}>
            <label className="flex cursor-pointer items-center gap-2 px-2.5 py-1 text-sm hover:bg-hover">
              <input
                type="checkbox"
                className="size-3.5 accent-accent-solid"
                checked={ids.includes(id)}
                onChange={(event) => toggle(id, event.target.checked)}
              />
              <span className="truncate">{name}</span>
            </label>
          </li>
        ))}
        {found.hasNextPage ? (
          <li>
            <button
              type="button"
              className="px-2.5 py-1 text-sm text-accent"
              onClick={() => void found.fetchNextPage()}
            >
              Show more
            </button>
          </li>
        ) : null}
        {found.isPending || workflows.length > 0 ? null : (
          <li className="px-2.5 py-1 text-sm text-muted">No workflow is called so.</li>
        )}
      </ul>
      <p role="status" className="text-xs text-faint">
        {ids.length === 0
          ? 'None is chosen: no step can use it.'
          : `${plural(ids.length, 'workflow')} chosen`}
      </p>
    </fieldset>
  );
}
