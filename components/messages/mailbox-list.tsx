import { Pause } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { Badge } from '@/components/ui/display/badge';
import { formatCount } from '@/components/ui/format';
import { type MailboxView, mailboxKinds } from '@/lib/messages/schema';
import { kindTitles } from './texts';

type Props = { mailboxes: MailboxView[]; chosen: string; onChoose: (id: string) => void };

/** All mailboxes by whose they are, with what waits in each. */
export function MailboxList({ mailboxes, chosen, onChoose }: Props) {
  const groups = Map.groupBy(mailboxes, ({ kind }) => kind);
  return (
    <nav aria-label="Mailboxes" className="space-y-3 p-2">
      {mailboxKinds.map((kind) => {
        const group = groups.get(kind);
        if (group === undefined) return null;
        return (
          <div key={kind}>
            <h2 className="px-2 pb-1 text-2xs font-medium text-faint">{kindTitles[kind]}</h2>
            <ul>
              {group.map(({ id, title, paused, counts }) => (
                <li key={id}>
                  <button
                    type="button"
                    aria-current={id === chosen ? 'true' : undefined}
                    onClick={() => onChoose(id)}
                    className={cn(
                      'flex h-7 w-full items-center gap-2 rounded-md px-2 text-left text-sm',
                      id === chosen ? 'bg-active' : 'text-muted hover:bg-hover hover:text-fg',
                    )}
                  >
                    <span className="min-w-0 flex-1 truncate">{title}</span>
                    {paused ? (
                      <Pause
                        role="img"
                        aria-label="Paused"
                        className="size-3 shrink-0 text-warning"
                      />
                    ) : null}
                    {counts.dead > 0 ? (
                      <Badge tone="danger" aria-label={`${counts.dead} failed`}>
                        {counts.dead}
                      </Badge>
                    ) : null}
                    <span className="text-xs text-faint tabular">
                      {formatCount(counts.waiting + counts.behind)}
                    </span>
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
