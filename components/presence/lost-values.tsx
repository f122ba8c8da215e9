'use client';

import { GitMerge, X } from 'lucide-react';
import { useObservable } from '@/components/observable/use-observable';
import { useCanEdit, useLocal, useSession } from '@/components/session/session';
import { forgetLost, type Lost } from '@/components/session/state/others-state';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { setAt } from '@/lib/workflows/merge/resolve-conflict';
import { fieldTitle, inWords } from './names';

/** Says whose value replaced this person's, and offers to restore theirs. */
function LostLine({ lost, withStep }: { lost: Lost; withStep: boolean }) {
  const session = useSession();
  const canEdit = useCanEdit();
  const { place, mine, theirs, by, asks, id } = lost;
  const step =
    withStep && place.part === 'nodes' ? session.graph.get().nodes.get(place.id) : undefined;
  const title = fieldTitle(session, place);
  const restore = () => {
    setAt(session.copy.draft, place, mine);
    forgetLost(session, id);
  };
  return (
    <>
      <GitMerge aria-hidden className="mt-0.5 size-3.5 shrink-0 text-info" />
      <p className="min-w-0 flex-1 text-fg">
        {by} set {title}
        {step ? (
          <>
            {' of '}
            <button
              type="button"
              className="underline decoration-border-strong underline-offset-2 hover:decoration-current"
              onClick={() => session.jumpTo([step.id])}
            >
              {step.name}
            </button>
          </>
        ) : null}{' '}
        to <span className="font-medium break-words">{inWords(theirs)}</span> at the same time.
        Yours was <span className="font-medium break-words">{inWords(mine)}</span>.
      </p>
      <span className="flex shrink-0 items-center gap-1">
        {asks ? (
          <Button size="sm" onClick={() => forgetLost(session, id)}>
            Keep theirs
          </Button>
        ) : null}
        {canEdit ? (
          <Button size="sm" onClick={restore}>
            {asks ? 'Use mine' : 'Restore mine'}
          </Button>
        ) : null}
        {asks ? null : (
          <IconButton label="Dismiss" size="sm" onClick={() => forgetLost(session, id)}>
            <X />
          </IconButton>
        )}
      </span>
    </>
  );
}

const isAt = ({ place }: Lost, nodeId: string, path: readonly (string | number)[]) =>
  place.part === 'nodes' && place.id === nodeId && place.path.join('.') === path.join('.');

/** The notice at its field in the inspector. `path` begins with `config`, or is that of a setting of the step itself. */
export function LostHere({ nodeId, path }: { nodeId: string; path: readonly (string | number)[] }) {
  const { together } = useSession();
  const lost = useObservable(together, (now) => now.lost.find((each) => isAt(each, nodeId, path)));
  if (!lost) return null;
  return (
    <div
      role="status"
      className="mt-1.5 flex flex-wrap items-start gap-x-2 gap-y-1 rounded-md bg-info-soft px-2.5 py-1.5 text-xs"
    >
      <LostLine lost={lost} withStep={false} />
    </div>
  );
}

/** Those notices whose field is not in sight, over the canvas. */
export function LostElsewhere() {
  const { together } = useSession();
  const lost = useObservable(together, (now) => now.lost);
  const open = useLocal(({ nodes, tab }) =>
    nodes.size === 1 && tab === 'settings' ? [...nodes][0] : undefined,
  );
  const inSight = ({ place }: Lost) =>
    place.part === 'nodes' &&
    place.id === open &&
    ['config', 'name', 'policy'].includes(place.path[0] ?? '');
  const shown = lost.filter((each) => !inSight(each)).slice(-3);
  return shown.map((each) => (
    <div
      key={each.id}
      role="status"
      className="pointer-events-auto flex max-w-[min(80%,640px)] animate-in items-start gap-2 rounded-lg border border-border-strong bg-raised px-3 py-1.5 text-xs"
    >
      <LostLine lost={each} withStep />
    </div>
  ));
}
