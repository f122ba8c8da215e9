'use client';

import { useMemo } from 'react';
import { useAhead } from '@/components/data/history-queries';
import { Avatar } from '@/components/icons/avatar';
import { useSession } from '@/components/session/session';
import { Skeleton } from '@/components/ui/display/skeleton';
import { plural } from '@/components/ui/format';
import { diffDefinitions } from '@/lib/workflows/changes/diff';
import { Differences } from './differences';
import { useNowDefinition } from './states';

/** Whose changes publishing brings, and which. */
export function GoesLive() {
  const { workflowId } = useSession();
  const { data, isPending } = useAhead(workflowId);
  const draft = useNowDefinition();
  const live = data?.live?.definition;
  const diff = useMemo(() => (live ? diffDefinitions(live, draft) : undefined), [live, draft]);
  const types = useMemo(
    () => new Map([...(live?.nodes ?? []), ...draft.nodes].map((node) => [node.id, node.type])),
    [live, draft],
  );
  if (isPending) return <Skeleton className="h-5 w-40" />;
  if (!data) return null;
  const names = new Map(data.people.map((person) => [person.id, person.name]));
  const authors = (element: string) =>
    data.touchedBy[element]?.flatMap((id) => names.get(id) ?? []).join(', ') || undefined;
  const changed = diff?.elements.map(({ part, id }) => `${part}/${id}`);
  const counts =
    diff === undefined || (diff.meta.length > 0 ? [...(changed ?? []), 'meta'] : changed);
  const ids = new Set(
    counts === true || counts === undefined
      ? data.people.map((person) => person.id)
      : counts.flatMap((element) => data.touchedBy[element] ?? []),
  );
  const people = data.people.filter((person) => ids.has(person.id));
  const total = diff ? diff.elements.length + (diff.meta.length > 0 ? 1 : 0) : draft.nodes.length;
  const what = diff ? plural(total, 'change') : `the first version, ${plural(total, 'step')}`;
  return (
    <section aria-label="Changes going live" className="-mx-3 border-b px-3 pb-2.5">
      <div className="flex items-center gap-2">
        <span className="flex shrink-0 -space-x-1">
          {people.slice(0, 4).map((person) => (
            <Avatar key={person.id} {...person} className="ring-2 ring-raised" />
          ))}
        </span>
        <p className="min-w-0 text-sm text-muted">
          <span className="text-fg">{namesOf(people) || 'No edits'}</span>
          {': '}
          {what}
        </p>
      </div>
      {diff && total > 0 ? (
        <details className="mt-1.5">
          <summary className="cursor-pointer rounded-sm text-xs text-muted select-none hover:text-fg">
            Show {plural(total, 'change')}
          </summary>
          <div className="-mx-3 mt-1 max-h-64 overflow-y-auto border-t">
            <Differences diff={diff} types={types} authors={authors} brief />
          </div>
        </details>
      ) : null}
    </section>
  );
}

function namesOf(people: readonly { name: string }[]): string {
  const names = people.map((person) => person.name);
  if (names.length <= 2) return names.join(' and ');
  return `${names.slice(0, 2).join(', ')} and ${plural(names.length - 2, 'other')}`;
}
