'use client';

import { ReactFlowProvider } from '@xyflow/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Canvas } from '@/components/canvas/surface/canvas';
import { ApiError } from '@/components/data/call';
import { useWorkflow } from '@/components/data/queries';
import { debugToStart } from '@/components/debugger/breakpoints';
import { DebugKeys } from '@/components/debugger/debug-keys';
import { NameVersion } from '@/components/history/name-dialog';
import { lockAgainst } from '@/components/locks/locks';
import { useObservable } from '@/components/observable/use-observable';
import { type DraftHandle, useDraft } from '@/components/realtime/draft/use-draft';
import type { DraftCopy } from '@/components/realtime/draft-status';
import { LastRun } from '@/components/runs/last-run';
import { RequestRunProvider } from '@/components/runs/request-run';
import { ShownRunProvider } from '@/components/runs/shown-run';
import {
  CanEditProvider,
  DraftProvider,
  SessionProvider,
  useCanEdit,
  useLocal,
  useSession,
} from '@/components/session/session';
import { ActorProvider, useActor, useCan } from '@/components/shell/actor-context';
import { ReviewHere } from '@/components/suggestions/review-here';
import { SuggestingBar } from '@/components/suggestions/suggesting-bar';
import {
  SuggestingProvider,
  useSuggesting,
  useSuggestingHere,
} from '@/components/suggestions/use-suggesting';
import { TriggersSheet } from '@/components/triggers/triggers-sheet';
import { Skeleton } from '@/components/ui/display/skeleton';
import { can } from '@/lib/people/can';
import { DebugCommands } from './debug-commands';
import { FileDrop } from './drop/file-drop';
import { EditorCommands } from './editor-commands';
import { EditorHeader } from './header/editor-header';
import { Notices } from './header/notices';
import { useLiveVersion } from './header/use-publish';
import { Inspector } from './inspector/inspector';
import {
  AssumedCard,
  FocusView,
  HistoryMode,
  RunDialog,
  SuggestionsPanel,
  WiringDialog,
} from './later-parts';
import { LeftPanel } from './left-panel/left-panel';
import { Refused } from './refused';
import { Announcer } from './run/announcer';
import { RunConsole } from './run/run-console';
import { useRunFlow } from './run/use-run-flow';
import { TourFacts } from './tour-facts';
import { useEditorSession } from './use-editor-session';
import { useProblems } from './use-problems';
import { useShortcuts } from './use-shortcuts';
import { WorkflowCommands } from './workflow-commands';

/** The workflow editor: opens the shared document and shows it, whatever state the connection is in. */
export function WorkflowEditor({ workflowId }: { workflowId: string }) {
  const { userId } = useActor();
  const draft = useDraft(workflowId, userId);
  // A draft opens for every member of its workspace; the page is for those who are in that workspace now.
  const { error } = useWorkflow(workflowId);
  const gone = ApiError.isInstance(error) && error.status === 404;
  useComingBack(gone, draft.reopen);
  if (gone) return <Refused workflowId={workflowId} gone error={error} />;
  if (!draft.copy) return <Opening workflowId={workflowId} draft={draft} />;
  return (
    <ReactFlowProvider>
      <OpenEditor workflowId={workflowId} draft={draft} copy={draft.copy} />
    </ReactFlowProvider>
  );
}

/** A workflow that was in the trash and is restored opens again by itself. */
function useComingBack(gone: boolean, reopen: () => void) {
  const wasGone = useRef(gone);
  useEffect(() => {
    if (wasGone.current && !gone) reopen();
    wasGone.current = gone;
  }, [gone, reopen]);
}

function Opening({ workflowId, draft }: { workflowId: string; draft: DraftHandle }) {
  if (draft.phase === 'refused') {
    const { error } = draft;
    const gone = error?.code === 'not_found';
    return (
      <Refused workflowId={workflowId} gone={gone} reason={error?.message} error={undefined} />
    );
  }
  return (
    <div role="status" aria-label="Opening the workflow" className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-11 items-center gap-3 border-b px-4">
        <Skeleton className="h-4 w-40" />
        <Skeleton className="ml-auto h-6 w-28" />
      </div>
      <div className="flex flex-1 items-center justify-center gap-16 bg-bg">
        <Skeleton className="h-16 w-60 rounded-lg" />
        <Skeleton className="h-16 w-60 rounded-lg" />
      </div>
    </div>
  );
}

type OpenProps = { workflowId: string; draft: DraftHandle; copy: DraftCopy };

function OpenEditor({ workflowId, draft, copy }: OpenProps) {
  const actor = useActor();
  // The draft's connection hears of a changed role at once.
  const role = draft.role ?? actor.role;
  const here = useMemo(() => ({ ...actor, role }), [actor, role]);
  const suggesting = useSuggestingHere(workflowId, copy, can(role, 'workflows.suggest'));
  const session = useEditorSession(workflowId, suggesting.fork ?? copy, draft);
  useProblems(session);
  const locked = useObservable(session.locks, () => lockAgainst(session) !== undefined);
  return (
    <ActorProvider actor={here}>
      <SessionProvider value={session}>
        <SuggestingProvider value={suggesting}>
          <CanEditProvider
            value={suggesting.on ? suggesting.fork !== undefined : !draft.readOnly && !locked}
          >
            <DraftProvider value={draft}>{layout}</DraftProvider>
          </CanEditProvider>
        </SuggestingProvider>
      </SessionProvider>
    </ActorProvider>
  );
}

// Made once: the state of the draft changes twice with each edit, and none of this renders with it.
const layout = (
  <ShownRunProvider>
    <ReviewHere>
      <Layout />
    </ReviewHere>
  </ShownRunProvider>
);
const middle = (
  <div className="relative flex min-w-0 flex-1 flex-col">
    <SuggestingBar />
    <div className="relative">
      <Notices />
    </div>
    <FileDrop>
      <Canvas />
    </FileDrop>
    <AssumedCard />
    <RunConsole />
  </div>
);
const left = <LeftPanel />;
const right = (
  <>
    <SuggestionsPanel />
    <Inspector />
  </>
);
const aside = (
  <>
    <NameVersion />
    <Announcer />
    <LastRun />
    <DebugKeys />
    <FocusView />
    <TriggersSheet />
    <TourFacts />
  </>
);
const history = <HistoryMode />;

function Layout() {
  const session = useSession();
  const canEdit = useCanEdit();
  const { on: suggesting } = useSuggesting();
  // A run and a version are of the draft, not of what is suggested.
  const mayRun = useCan('runs.start') && !suggesting;
  const version = useLiveVersion();
  const flow = useRunFlow();
  const [publishing, setPublishing] = useState(false);
  const mayStop = useCan('runs.cancel');
  const { request, stop } = flow;

  const page = useMemo(
    () => ({
      run: () => {
        if (!(mayStop && stop()) && mayRun) request('live');
      },
      debug: () => {
        if (mayRun) request('live', { debug: debugToStart(session) });
      },
      publish: () => setPublishing(!suggesting),
      name: () => session.local.set((now) => ({ ...now, naming: true })),
    }),
    [mayRun, mayStop, request, stop, session, suggesting],
  );
  const inHistory = useLocal((now) => now.history === true);
  useShortcuts(session, canEdit, page);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <EditorHeader
        version={version}
        publishing={publishing}
        onPublishing={setPublishing}
        running={flow.pending}
        mayRun={mayRun}
        onRun={flow.request}
        onDebug={(mode) => flow.request(mode, { debug: debugToStart(session) })}
      />
      <div className="relative flex min-h-0 flex-1 max-sm:flex-col">
        <div className="contents" inert={inHistory}>
          {left}
          <RequestRunProvider value={mayRun ? flow.request : undefined}>
            {middle}
          </RequestRunProvider>
          {right}
        </div>
        {history}
      </div>
      {aside}
      <EditorCommands run={flow.request} publish={page.publish} />
      <WorkflowCommands />
      <DebugCommands debug={page.debug} stop={stop} />
      {canEdit ? <WiringDialog /> : null}
      {flow.asking && mayRun ? (
        <RunDialog
          {...flow.asking}
          version={version}
          pending={flow.pending}
          onClose={flow.close}
          onRun={(given) => void flow.run(given)}
        />
      ) : null}
    </div>
  );
}
