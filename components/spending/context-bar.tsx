import { cn } from '@/components/ui/cn';
import { plural } from '@/components/ui/format';
import { type ContextFill, type ContextKind, contextKinds } from '@/lib/models/context/schema';
import { shareText } from './words';

const kinds: Record<ContextKind, { label: string; colour: string }> = {
  instructions: { label: 'Instructions', colour: 'bg-accent' },
  tools: { label: 'Tools', colour: 'bg-accent/40' },
  memory: { label: 'Memory', colour: 'bg-success' },
  retrieved: { label: 'Files and pages', colour: 'bg-warning' },
  history: { label: 'History', colour: 'bg-info' },
  results: { label: 'Tool calls and results', colour: 'bg-info/40' },
  request: { label: 'This request', colour: 'bg-fg' },
};

const percent = (tokens: number, of: number) => `${of === 0 ? 0 : (tokens / of) * 100}%`;
const exact = (tokens: number) => tokens.toLocaleString('en-US');

type Props = {
  fill: ContextFill;
  /** What the provider counted of the request; 0 where it did not. */
  counted?: number;
};

/** What fills the window of a model in one call: a bar of its parts, one of the window, the tokens of each part, and what was left out. */
export function ContextBar({ fill, counted = 0 }: Props) {
  const { window, answer, parts } = fill;
  const used = contextKinds.reduce((sum, kind) => sum + parts[kind], 0);
  const all = Math.max(window, used + answer);
  const free = all - used - answer;
  const shown = contextKinds.filter((kind) => parts[kind] > 0);
  return (
    <div className="space-y-2 text-xs">
      <p className="text-muted tabular">
        About {exact(used)} of {exact(window)} tokens of the window are filled (
        {shareText(used, window)}){counted > 0 ? `; the provider counted ${exact(counted)}` : ''}.
      </p>
      <div role="img" aria-label={describe(fill, shown, free)} className="space-y-1">
        <div className="flex h-2.5 overflow-hidden rounded-sm bg-active">
          {shown.map((kind) => (
            <span
              key={kind}
              className={cn('min-w-0.5', kinds[kind].colour)}
              style={{ width: percent(parts[kind], used) }}
            />
          ))}
        </div>
        <div className="flex h-1.5 overflow-hidden rounded-sm border bg-surface">
          <span className="min-w-0.5 bg-muted" style={{ width: percent(used, all) }} />
          <span className="flex-1" />
          <span
            className="context-room min-w-0.5 border-l"
            style={{ width: percent(answer, all) }}
          />
        </div>
      </div>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(10.5rem,1fr))] gap-x-4 gap-y-0.5">
        {shown.map((kind) => (
          <Part key={kind} tokens={parts[kind]} {...kinds[kind]} />
        ))}
        <Part label="Room for the answer" tokens={answer} colour="context-room border" />
        <Part label="Free" tokens={free} colour="bg-surface border" />
      </ul>
      <Summarised earlier={fill.earlier} />
      <LeftOut fill={fill} />
    </div>
  );
}

function describe({ answer, parts }: ContextFill, shown: readonly ContextKind[], free: number) {
  const named = shown.map((kind) => `${kinds[kind].label}: ${parts[kind]}`);
  return [...named, `room for the answer: ${answer}`, `free: ${free}`].join(', ');
}

function Part({ label, tokens, colour }: { label: string; tokens: number; colour: string }) {
  return (
    <li className="flex items-center gap-1.5 whitespace-nowrap">
      <span aria-hidden className={cn('size-2 shrink-0 rounded-[2px]', colour)} />
      <span className="text-muted">{label}</span>
      <span className="ml-auto tabular">{exact(tokens)}</span>
    </li>
  );
}

/** Earlier messages for which a summary was sent: nothing to warn of. */
function Summarised({ earlier }: Pick<ContextFill, 'earlier'>) {
  if (earlier?.summarised === undefined) return null;
  return (
    <p className="text-sm text-muted tabular">
      A summary was sent for {plural(earlier.summarised, 'earlier message')} of the chat (
      {exact(earlier.tokens)} tokens), which the chat keeps.
    </p>
  );
}

/** What the model was not sent, to open. */
function LeftOut({ fill: { left = [], more = 0, shortened = 0, earlier } }: { fill: ContextFill }) {
  const dropped = left.length + more;
  const missed = earlier === undefined ? 0 : earlier.messages - (earlier.summarised ?? 0);
  if (dropped === 0 && shortened === 0 && missed === 0) return null;
  return (
    <div className="space-y-1 rounded-md bg-warning-soft px-3 py-2 text-warning">
      {missed === 0 || earlier === undefined ? null : (
        <p className="tabular">
          {plural(missed, 'oldest message')} of the chat
          {earlier.summarised === undefined ? ` (${exact(earlier.tokens)} tokens)` : ''}{' '}
          {missed === 1 ? 'was' : 'were'} not sent, so that each turn stays cheap. The chat keeps
          them.
        </p>
      )}
      {shortened === 0 ? null : (
        <p className="tabular">
          {exact(shortened)} tokens from the middle of long messages were left out: they did not fit
          the window.
        </p>
      )}
      {dropped === 0 ? null : (
        <details>
          <summary className="cursor-default tabular">
            {plural(dropped, 'message')} left out to fit the window: show which
          </summary>
          <ol className="mt-1 max-h-48 space-y-0.5 overflow-y-auto pl-3">
            {left.map(({ place, role, tokens }) => (
              <li key={place} className="tabular">
                Message {place} · {role === 'user' ? 'asked' : 'answered'} · {exact(tokens)} tokens
              </li>
            ))}
            {more > 0 ? <li>And {exact(more)} more.</li> : null}
          </ol>
        </details>
      )}
    </div>
  );
}
