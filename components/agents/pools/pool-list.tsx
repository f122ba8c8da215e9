'use client';

import { Pause, Pencil, Plus, Trash2, Users } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { usePools } from '@/components/data/pool-queries';
import { Avatar } from '@/components/icons/avatar';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { plural } from '@/components/ui/format';
import type { PoolView } from '@/lib/messages/pools';
import { DeletePool } from './delete-pool';
import { PoolDialog } from './pool-dialog';
import { strategyTitles } from './texts';

/** Pools of agents: who is in each, how busy they are, and what waits. */
export function PoolList() {
  const { data } = usePools();
  const canWrite = useCan('messages.write');
  const [editing, setEditing] = useState<PoolView | 'new'>();
  const [deleting, setDeleting] = useState<PoolView>();
  if (data === undefined || (data.items.length === 0 && !canWrite)) return null;
  return (
    <section aria-labelledby="pools" className="space-y-3 px-4 pb-6">
      <div className="flex items-center gap-3">
        <h2 id="pools" className="flex-1 font-medium">
          Pools
        </h2>
        {canWrite ? (
          <Button size="sm" onClick={() => setEditing('new')}>
            <Plus aria-hidden /> New pool
          </Button>
        ) : null}
      </div>
      {data.items.length === 0 ? (
        <p className="text-sm text-muted">
          A pool is several agents under one name: each message to it becomes a task of one of them.
        </p>
      ) : (
        <ul aria-label="Pools" className="divide-y rounded-lg border">
          {data.items.map((pool) => (
            <PoolRow
              key={pool.id}
              pool={pool}
              onEdit={canWrite ? () => setEditing(pool) : undefined}
              onDelete={canWrite ? () => setDeleting(pool) : undefined}
            />
          ))}
        </ul>
      )}
      {editing === undefined ? null : (
        <PoolDialog
          pool={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
        />
      )}
      {deleting === undefined ? null : (
        <DeletePool pool={deleting} onClose={() => setDeleting(undefined)} />
      )}
    </section>
  );
}

type Row = {
  pool: PoolView;
  onEdit: (() => void) | undefined;
  onDelete: (() => void) | undefined;
};

function PoolRow({ pool, onEdit, onDelete }: Row) {
  const { id, name, agents, strategy, waiting, held, paused } = pool;
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1.5 px-3 py-2 text-sm">
      <span className="flex min-w-40 flex-1 items-center gap-2">
        <Users aria-hidden className="size-4 shrink-0 text-faint" />
        <Link
          href={`/messages?mailbox=${id}`}
          className="min-w-0 truncate font-medium hover:underline"
        >
          {name}
        </Link>
        {paused ? (
          <Pause role="img" aria-label="Paused" className="size-3.5 shrink-0 text-warning" />
        ) : null}
        <span className="shrink-0 text-xs text-faint">
          {agents.length === 0 ? 'No agents' : strategyTitles[strategy]}
        </span>
      </span>
      <ul
        aria-label={`Agents of ${name}`}
        className="flex flex-wrap gap-1.5 empty:hidden max-lg:order-last max-lg:w-full"
      >
        {agents.map(({ id: agent, name: title, open, most, weight }) => (
          <li
            key={agent}
            title={`${title} works on ${open} of ${plural(most, 'task')}`}
            className="flex h-6 items-center gap-1.5 rounded-md border px-1.5 text-xs"
          >
            <Avatar name={title} size={16} square />
            <span className="max-w-32 truncate">{title}</span>
            {weight > 1 ? <span className="text-faint tabular">×{weight}</span> : null}
            <span className={open >= most ? 'text-warning tabular' : 'text-faint tabular'}>
              {open}/{most}
            </span>
          </li>
        ))}
      </ul>
      <span className="w-36 shrink-0 text-right text-xs text-muted tabular">
        {waiting} waiting · {held} taken
      </span>
      {onEdit === undefined ? null : (
        <IconButton label={`Edit ${name}`} onClick={onEdit}>
          <Pencil />
        </IconButton>
      )}
      {onDelete === undefined ? null : (
        <IconButton label={`Delete ${name}`} onClick={onDelete}>
          <Trash2 />
        </IconButton>
      )}
    </li>
  );
}
