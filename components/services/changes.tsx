import type { z } from 'zod';
import { Badge } from '@/components/ui/display/badge';
import { plural } from '@/components/ui/format';
import type { ConnectionUse } from '@/lib/connections/contract';
import type { changesSchema } from '@/lib/services/contract';

type Props = { changes: z.infer<typeof changesSchema>; uses: readonly ConnectionUse[] };

const kinds = [
  { of: 'removed', label: 'Gone', tone: 'danger' },
  { of: 'changed', label: 'Changed', tone: 'warning' },
  { of: 'added', label: 'New', tone: 'success' },
] as const;

const maxShown = 50;

/** Which operations a new description takes away, changes and adds. */
export function Changes({ changes, uses }: Props) {
  const { added, removed, changed } = changes;
  if (changes.same || added.length + removed.length + changed.length === 0) {
    return <p className="text-sm text-muted">Nothing has changed.</p>;
  }
  return (
    <>
      <p className="text-sm">
        {plural(added.length, 'new operation')}, {changed.length} changed, {removed.length} gone.
      </p>
      {removed.length + changed.length > 0 && uses.length > 0 ? (
        <p className="text-sm text-warning">
          Called by {uses.map(({ workflowName }) => `“${workflowName}”`).join(', ')}: steps whose
          operation is gone fail from then on.
        </p>
      ) : null}
      {kinds.map(({ of, label, tone }) =>
        changes[of].length === 0 ? null : (
          <ul
            key={of}
            aria-label={label}
            className="max-h-48 divide-y overflow-y-auto rounded-md border text-sm"
          >
            {changes[of].slice(0, maxShown).map(({ id, title }) => (
              <li key={id} className="flex items-center gap-2 px-2.5 py-1.5">
                <Badge tone={tone}>{label}</Badge>
                <span className="min-w-0 truncate">{title}</span>
              </li>
            ))}
            {changes[of].length > maxShown ? (
              <li className="px-2.5 py-1.5 text-xs text-faint">
                And {changes[of].length - maxShown} more.
              </li>
            ) : null}
          </ul>
        ),
      )}
    </>
  );
}
