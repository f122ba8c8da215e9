'use client';

import { GitPullRequestArrow } from 'lucide-react';
import { Avatar } from '@/components/icons/avatar';
import { PersonMark } from '@/components/icons/person-mark';
import { useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { Badge, type BadgeTone } from '@/components/ui/display/badge';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { Skeleton } from '@/components/ui/display/skeleton';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { plural } from '@/components/ui/format';
import { personColor } from '@/lib/realtime/person-color';
import type { Suggestion } from '@/lib/suggestions/schema';
import { useSuggestions } from './queries';
import { useReview } from './use-review';
import { useSuggesting } from './use-suggesting';

/** Suggestions for this workflow: what waits first. */
export function SuggestionList() {
  const { workflowId } = useSession();
  const { show } = useReview();
  const { start } = useSuggesting();
  const maySuggest = useCan('workflows.suggest');
  const { data, error, refetch } = useSuggestions(workflowId);
  if (error)
    return (
      <ErrorState title="The suggestions could not be loaded" onRetry={() => void refetch()} />
    );
  if (!data) {
    return (
      <div role="status" aria-label="Loading suggestions" className="flex flex-col gap-3 p-4">
        <Skeleton className="h-10" />
        <Skeleton className="h-10" />
      </div>
    );
  }
  const begin = () => {
    show(undefined);
    start();
  };
  if (data.items.length === 0) {
    return (
      <EmptyState
        icon={<GitPullRequestArrow />}
        title="No suggestions yet"
        actions={maySuggest ? <Button onClick={begin}>Suggest a change</Button> : undefined}
      >
        A suggestion collects edits for someone to accept or decline.
      </EmptyState>
    );
  }
  const making = data.items.filter(({ status }) => status === 'making');
  const waiting = data.items.filter(({ status }) => status === 'open');
  const drafts = data.items.filter(({ status }) => status === 'draft');
  const over = data.items.filter(({ status }) => status === 'decided' || status === 'withdrawn');
  return (
    <div className="min-h-0 flex-1 overflow-y-auto pb-4">
      <Section title="Being made" items={making} onOpen={(id) => show({ id })} />
      <Section title="To review" items={waiting} onOpen={(id) => show({ id })} />
      <Section title="Yours, not submitted" items={drafts} onOpen={begin} />
      <Section title="Earlier" items={over} onOpen={(id) => show({ id })} />
    </div>
  );
}

type SectionProps = { title: string; items: Suggestion[]; onOpen: (id: string) => void };

function Section({ title, items, onOpen }: SectionProps) {
  if (items.length === 0) return null;
  return (
    <section className="pt-3">
      <h3 className="px-4 pb-1 text-2xs font-medium text-faint">{title}</h3>
      <ul>
        {items.map((item) => (
          <li key={item.id}>
            <button
              type="button"
              onClick={() => onOpen(item.id)}
              className="flex w-full items-start gap-2.5 px-4 py-2 text-left hover:bg-hover"
            >
              {item.agent ? (
                <Avatar name={item.agent.name} size={20} square />
              ) : (
                <PersonMark
                  name={item.author?.name ?? '?'}
                  color={personColor(item.author?.id ?? '')}
                  size={20}
                />
              )}
              <span className="min-w-0 flex-1">
                <span className="block truncate text-sm leading-5 font-medium">
                  {item.title || 'Untitled suggestion'}
                </span>
                <span className="block truncate text-xs text-muted">
                  {authorOf(item)} · <TimeAgo at={item.createdAt} />
                </span>
              </span>
              <StatusBadge item={item} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who made a suggestion, and who asked an agent for it. */
export function authorOf({ agent, author, origin }: Suggestion): string {
  const name = author?.name ?? 'Former member';
  if (agent) return `${agent.name}, asked by ${name}`;
  return origin === 'api' ? `${name} via API` : name;
}

export function StatusBadge({ item }: { item: Suggestion }) {
  const looks: Record<Suggestion['status'], [BadgeTone, string]> = {
    draft: ['neutral', plural(item.changeCount, 'change')],
    making: ['accent', 'Being made'],
    open: ['accent', `${item.openCount} open`],
    decided: ['success', 'Decided'],
    withdrawn: ['neutral', 'Withdrawn'],
  };
  const [tone, text] = looks[item.status];
  return <Badge tone={tone}>{text}</Badge>;
}
