import { cn } from '@/components/ui/cn';
import { Badge } from '@/components/ui/display/badge';
import { formatCount } from '@/components/ui/format';
import type { MemorySpace } from '@/lib/memory/schema';
import { spaceKinds } from '@/lib/memory/space';
import { groupTitles } from './texts';

type Props = { spaces: MemorySpace[]; chosen: string; onChoose: (key: string) => void };

/** All memories that one may read, by whose they are. */
export function SpaceList({ spaces, chosen, onChoose }: Props) {
  const groups = Map.groupBy(spaces, ({ kind }) => kind);
  return (
    <nav aria-label="Memories" className="space-y-3 p-2">
      {spaceKinds.map((kind) => {
        const group = groups.get(kind);
        if (group === undefined) return null;
        return (
          <div key={kind}>
            {kind === 'workspace' ? null : (
              <h2 className="px-2 pb-1 text-2xs font-medium text-faint">{groupTitles[kind]}</h2>
            )}
            <ul>
              {group.map((space) => (
                <li key={space.key}>
                  <button
                    type="button"
                    aria-current={space.key === chosen ? 'true' : undefined}
                    onClick={() => onChoose(space.key)}
                    className={cn(
                      'flex h-7 w-full items-center gap-2 rounded-md px-2 text-left text-sm',
                      space.key === chosen
                        ? 'bg-active'
                        : 'text-muted hover:bg-hover hover:text-fg',
                    )}
                  >
                    <span className="min-w-0 flex-1 truncate">{space.title}</span>
                    {space.conflicts > 0 ? (
                      <Badge tone="warning" aria-label={`${space.conflicts} to decide`}>
                        {space.conflicts}
                      </Badge>
                    ) : null}
                    <span className="text-xs text-faint tabular">{formatCount(space.entries)}</span>
                  </button>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}
