import { Check, Scale, TriangleAlert, Users } from 'lucide-react';
import { MadeUpMark } from '@/components/spending/made-up';
import { Markdown } from '@/components/ui/display/markdown';
import type { Message } from '@/lib/chat/message';
import type { PanelOutcome } from '@/lib/panel/schema';
import { wayWords } from '@/lib/panel/way-words';

type Held = PanelOutcome['held'];

/** What a panel came to: who holds the answer, on what evidence, and all that was said against it. */
export function PanelCard({ panel }: { panel: NonNullable<Message['panel']> }) {
  const { agents, outcome } = panel;
  if (outcome === undefined) {
    return (
      <p className="flex items-center gap-2 text-xs text-muted">
        <Users aria-hidden className="size-3.5" /> {agents.map(({ name }) => name).join(', ')}
      </p>
    );
  }
  const { held, dissent, silent, moved, rounds, notes, way } = outcome;
  const open = way === 'unsettled' || way === 'capped';
  const Mark = open ? TriangleAlert : way === 'judged' || way === 'decided' ? Scale : Check;
  return (
    <section aria-label="Panel" className="rounded-lg border bg-raised text-sm">
      <header className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b px-3 py-2">
        <Mark
          aria-hidden
          className={open ? 'size-4 shrink-0 text-warning' : 'size-4 shrink-0 text-success'}
        />
        <span className="font-medium">{wayWords(outcome)}</span>
        {outcome.rehearsed ? <MadeUpMark /> : null}
        {rounds > 0 ? (
          <span className="text-xs text-muted">
            {rounds === 1 ? '1 round' : `${rounds} rounds`}
            {moved.length > 0 ? `, ${moved.join(', ')} moved` : ', nobody moved'}
          </span>
        ) : null}
      </header>
      <Share held={held} dissent={dissent} />
      <div className="divide-y">
        <Side title="This answer is from" held={held} />
        {dissent.map((each) => (
          <Side key={each.agents.join()} title="Dissent" held={each} shown />
        ))}
      </div>
      {silent.length > 0 || notes.length > 0 ? (
        <footer className="border-t px-3 py-2 text-xs text-muted">
          {[...(silent.length > 0 ? [`No answer: ${silent.join(', ')}.`] : []), ...notes].join(' ')}
        </footer>
      ) : null}
    </section>
  );
}

/** The sides as one bar, each as long as its part of the agents. */
function Share({ held, dissent }: Pick<PanelOutcome, 'held' | 'dissent'>) {
  const sides = [held, ...dissent];
  const words = sides.map(({ agents }) => agents.length).join(' to ');
  if (sides.length < 2) return null;
  return (
    <div role="img" aria-label={`Agents on each side: ${words}`} className="flex h-1.5 gap-px">
      {sides.map(({ agents }, at) => (
        <span
          key={agents.join()}
          style={{ flexGrow: agents.length }}
          className={at === 0 ? 'bg-accent' : 'bg-border-strong'}
        />
      ))}
    </div>
  );
}

function Side({ title, held, shown }: { title: string; held: Held; shown?: boolean }) {
  const { agents, answer, claims, evidence } = held;
  const facts = [
    { name: 'Claims', items: claims },
    { name: 'Evidence', items: evidence },
  ].filter(({ items }) => items.length > 0);
  return (
    <details className="group px-3 py-2">
      <summary className="cursor-pointer">
        <span className="text-xs text-muted">{title}: </span>
        <span className="font-medium">{agents.join(', ')}</span>
        {shown ? <span className="text-muted"> · {firstLine(answer)}</span> : null}
      </summary>
      <div className="mt-2 space-y-2">
        {shown ? <Markdown text={answer} /> : null}
        {facts.map(({ name, items }) => (
          <div key={name}>
            <h4 className="text-xs font-medium text-muted">{name}</h4>
            <ul className="list-disc pl-5">
              {items.map((item) => (
                <li key={item} className="break-words">
                  {item}
                </li>
              ))}
            </ul>
          </div>
        ))}
        {facts.length === 0 ? <p className="text-xs text-muted">No evidence was named.</p> : null}
      </div>
    </details>
  );
}

function firstLine(text: string): string {
  const line = text.trim().split('\n')[0] ?? '';
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
