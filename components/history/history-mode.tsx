'use client';

import { ReactFlowProvider } from '@xyflow/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useDeleteRevision, useHistory } from '@/components/data/history-queries';
import { useCanEdit, useLocal, useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { toastError } from '@/components/ui/controls/toast';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { Skeleton } from '@/components/ui/display/skeleton';
import { useNow } from '@/components/ui/display/time-ago';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import { diffDefinitions } from '@/lib/workflows/changes/diff';
import { HistoryBar } from './history-bar';
import { HistoryCanvas } from './history-canvas';
import { HistoryPanel } from './history-panel';
import { NameDialog } from './name-dialog';
import { usePromoting } from './promote-dialog';
import { RestoreDialog } from './restore-dialog';
import {
  isState,
  refOf,
  type StateEntry,
  type StateQuery,
  type StateRef,
  useNowDefinition,
  useStateDefinition,
} from './states';

/** Opens over the canvas while this person looks at the history. */
export function HistoryMode() {
  const open = useLocal((now) => now.history === true);
  return open ? <OpenHistory /> : null;
}

function OpenHistory() {
  const { local } = useSession();
  const close = () => local.set((now) => ({ ...now, history: false }));
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    section.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-label="History"
      data-shortcuts="off"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) close();
      }}
      className="absolute inset-0 z-40 flex bg-bg outline-none max-md:flex-col"
    >
      <ReactFlowProvider>
        <Content onClose={close} />
      </ReactFlowProvider>
    </section>
  );
}

/** Which two states are looked at. By itself a state stands beside the one before it. */
function useChosen(states: readonly StateEntry[]) {
  const [shown, setShown] = useState<StateRef>('now');
  const [chosenBase, setBase] = useState<StateRef>();
  const at = states.findIndex((entry) => refOf(entry) === shown);
  const before = states[shown === 'now' ? 0 : at + 1];
  const base = chosenBase ?? (before && (shown === 'now' || at >= 0) ? refOf(before) : 'none');
  return {
    shown,
    base,
    show: (ref: StateRef) => {
      setShown(ref);
      setBase(undefined);
    },
    setShown,
    setBase,
  };
}

function Content({ onClose }: { onClose: () => void }) {
  const { workflowId } = useSession();
  const canEdit = useCanEdit();
  const mayAudit = useCan('audit.read');
  const now = useNow();
  const history = useHistory(workflowId);
  const remove = useDeleteRevision(workflowId);
  const entries = useMemo(
    () => history.data?.pages.flatMap((page) => page.items) ?? [],
    [history.data],
  );
  const states = useMemo(() => entries.filter(isState), [entries]);
  const { shown, base, show, setShown, setBase } = useChosen(states);
  const draft = useNowDefinition();
  const shownState = useStateDefinition(shown, draft);
  const baseState = useStateDefinition(base, draft);
  const diff = useMemo(() => {
    const [before, after] = [baseState.definition, shownState.definition];
    return before && after ? diffDefinitions(before, after) : undefined;
  }, [baseState.definition, shownState.definition]);
  const types = useMemo(() => {
    const all = [baseState.definition, shownState.definition, draft];
    return new Map(
      all.flatMap((each) => each?.nodes.map((node) => [node.id, node.type] as const) ?? []),
    );
  }, [baseState.definition, shownState.definition, draft]);
  const [target, setTarget] = useState<{ id: string; at: number }>();
  const [naming, setNaming] = useState<StateEntry>();
  const [deleting, setDeleting] = useState<StateEntry>();
  const promoting = usePromoting(workflowId);
  const [restoring, setRestoring] = useState(false);
  const pick = (id: string) => setTarget((last) => ({ id, at: (last?.at ?? 0) + 1 }));
  const mayRestore = canEdit && shown !== 'now' && shownState.definition !== undefined;
  return (
    <>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <HistoryBar
          shown={shown}
          base={base}
          states={states}
          now={now}
          onShown={setShown}
          onBase={setBase}
          onRestore={mayRestore ? () => setRestoring(true) : undefined}
          onClose={onClose}
        />
        <Preview
          key={shown}
          shown={shownState}
          base={baseState}
          diff={diff}
          target={target}
          onPick={pick}
        />
      </div>
      <HistoryPanel
        history={history}
        diff={diff}
        types={types}
        shown={shown}
        selected={target?.id}
        audit={mayAudit}
        onShow={show}
        onPick={pick}
        {...(canEdit ? { onRename: setNaming, onDelete: setDeleting } : {})}
        {...promoting.actions}
      />
      {promoting.dialog}
      {naming ? <NameDialog entry={naming} onClose={() => setNaming(undefined)} /> : null}
      {deleting?.kind === 'revision' ? (
        <AlertDialog
          open
          onOpenChange={() => setDeleting(undefined)}
          title={`Delete “${deleting.name}”?`}
          description="The named version is deleted. The draft, the published versions and the edit history are kept."
          confirmLabel="Delete"
          pending={remove.isPending}
          onConfirm={async () => {
            await remove.mutateAsync(deleting.id).catch((error: unknown) => {
              toastError('It could not be deleted', error);
            });
            if (shown === refOf(deleting)) show('now');
          }}
        />
      ) : null}
      {restoring && shownState.definition ? (
        <RestoreDialog
          state={shown}
          entry={states.find((entry) => refOf(entry) === shown)}
          definition={shownState.definition}
          draft={draft}
          onClose={() => setRestoring(false)}
          onDone={onClose}
        />
      ) : null}
    </>
  );
}

type PreviewProps = Omit<React.ComponentProps<typeof HistoryCanvas>, 'shown' | 'base'> & {
  shown: StateQuery;
  base: StateQuery;
};

function Preview({ shown, base, ...rest }: PreviewProps) {
  const failed = shown.error ? shown : base.error ? base : undefined;
  if (failed) {
    return (
      <ErrorState
        title="This state could not be loaded"
        error={failed.error}
        onRetry={failed.retry}
        className="flex-1 justify-center"
      />
    );
  }
  if (!shown.definition) {
    return (
      <div
        role="status"
        aria-label="Loading"
        className="flex flex-1 items-center justify-center gap-16"
      >
        <Skeleton className="h-16 w-56 rounded-lg" />
        <Skeleton className="h-16 w-56 rounded-lg" />
      </div>
    );
  }
  const empty = shown.definition.nodes.length === 0 && !base.definition?.nodes.length;
  if (empty) {
    return (
      <EmptyState title="An empty workflow" className="flex-1 justify-center">
        It had no steps at this point.
      </EmptyState>
    );
  }
  return (
    <div className="min-h-0 flex-1" data-preview>
      <HistoryCanvas shown={shown.definition} base={base.definition} {...rest} />
    </div>
  );
}
