'use client';

import { cn } from '@/components/ui/cn';
import { excerpt, type Match } from '@/lib/canvas/matches';
import type { Found, SearchableText } from '@/lib/canvas/searchable-texts';

/** At most this many matches are listed; the count and "replace all" are about all of them. */
const maxShown = 300;

type Props = {
  found: readonly Found[];
  current: { place: SearchableText; match: Match } | undefined;
  onShow: (match: Match) => void;
};

/** Matches, grouped by step and field. */
export function FindResults({ found, current, onShow }: Props) {
  let left = maxShown;
  const groups = new Map<string, { name: string; found: Found[] }>();
  for (const each of found) {
    if (left <= 0) break;
    left -= each.matches.length;
    const key = each.source.nodeId ?? each.source.group;
    const group = groups.get(key);
    if (group) group.found.push(each);
    else groups.set(key, { name: each.source.group, found: [each] });
  }
  const total = found.reduce((sum, { matches }) => sum + matches.length, 0);
  return (
    <section
      aria-label="Matches"
      onKeyDown={(event) => {
        const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
        if (step === 0) return;
        event.preventDefault();
        const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-match]')];
        const at = all.indexOf(document.activeElement as HTMLElement);
        const panel = event.currentTarget.closest('[data-shortcuts]');
        (all[at + step] ?? panel?.querySelector<HTMLElement>('input'))?.focus();
      }}
      className="min-h-0 overflow-y-auto px-1.5 py-1"
    >
      {[...groups].map(([key, group]) => (
        <section key={key} className="mb-1.5">
          <h3 className="truncate px-1.5 pt-1 text-xs font-medium">{group.name}</h3>
          {group.found.map(({ source: place, matches }) => (
            <div key={place.id}>
              <p className="truncate px-1.5 text-2xs text-faint">{place.label}</p>
              {matches.slice(0, maxShown).map((match) => (
                <Line
                  key={match.from}
                  text={place.text}
                  match={match}
                  current={current?.place.id === place.id && current.match.from === match.from}
                  onShow={() => onShow(match)}
                />
              ))}
            </div>
          ))}
        </section>
      ))}
      {total > maxShown ? (
        <p className="px-1.5 py-1 text-xs text-faint tabular">
          The first of {total} matches are shown.
        </p>
      ) : null}
    </section>
  );
}

type LineProps = { text: string; match: Match; current: boolean; onShow: () => void };

function Line({ text, match, current, onShow }: LineProps) {
  const { before, hit, after } = excerpt(text, match);
  return (
    <button
      type="button"
      data-match
      aria-current={current || undefined}
      onClick={onShow}
      className={cn(
        'block w-full truncate rounded-md px-1.5 py-0.5 text-left text-xs text-muted',
        current ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      {before}
      <mark className="rounded-[2px] bg-warning-soft text-fg">{hit}</mark>
      {after}
    </button>
  );
}
