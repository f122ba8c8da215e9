'use client';

import { ArrowLeft, ChevronDown, Eye } from 'lucide-react';
import Link from 'next/link';
import { useWorkflow } from '@/components/data/queries';
import { NameField } from '@/components/form/name-field';
import { HistoryButton } from '@/components/history/history-button';
import { RejectedButton } from '@/components/rejected-edits/rejected-notice';
import { useCanEdit, useGraph, useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { ModeSwitch } from '@/components/suggestions/mode-switch';
import { SuggestionsButton } from '@/components/suggestions/suggestions-button';
import { useSuggesting } from '@/components/suggestions/use-suggesting';
import { TriggersButton } from '@/components/triggers/triggers-button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Tooltip } from '@/components/ui/controls/tooltip';
import { Badge } from '@/components/ui/display/badge';
import { Separator } from '@/components/ui/display/separator';
import { useMedia } from '@/components/ui/use-media';
import { WorkflowMenu } from '@/components/workflows/workflow-menu';
import type { RunMode } from '@/lib/runs/schema';
import { setMeta } from '@/lib/workflows/edits/edits';
import { Collapsing } from './collapsing';
import { PeopleBar } from './people-bar';
import { ProblemsButton } from './problems-button';
import { PublishButton, VersionBadge } from './publish-button';
import { RunButton } from './run-button';
import { SaveState } from './save-state';
import type { LiveVersion } from './use-publish';

const noTags: readonly string[] = [];

type Props = {
  version: LiveVersion;
  publishing: boolean;
  onPublishing: (open: boolean) => void;
  running: boolean;
  mayRun: boolean;
  onRun: (mode: RunMode) => void;
  onDebug: (mode: RunMode) => void;
};

/** The bar on top of the editor. */
export function EditorHeader(props: Props) {
  const { version, publishing, onPublishing } = props;
  const { copy, workflowId } = useSession();
  const canEdit = useCanEdit();
  const maySuggest = useCan('workflows.suggest');
  const mayPublish = useCan('workflows.publish');
  const { on: suggesting } = useSuggesting();
  const narrow = useMedia('(max-width: 767px)');
  const name = useGraph((graph) => graph.name);
  const tags = useWorkflow(workflowId).data?.tags ?? noTags;
  return (
    <header className="flex h-11 shrink-0 items-center gap-2 border-b px-2">
      <Tooltip label="Back to workflows">
        <Link
          href="/workflows"
          aria-label="Back to workflows"
          className="flex size-7 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-fg"
        >
          <ArrowLeft className="size-4" aria-hidden />
        </Link>
      </Tooltip>
      <NameField
        label="Workflow name"
        value={name}
        readOnly={!canEdit}
        onCommit={(next) => setMeta(copy.draft, { name: next })}
        className="h-7 w-auto min-w-24 max-w-[32vw] truncate max-sm:min-w-16 [field-sizing:content]"
      />
      <WorkflowMenu
        workflow={{ id: workflowId, name, tags }}
        trigger={
          <IconButton label="Workflow menu" size="sm" className="-ml-1.5">
            <ChevronDown />
          </IconButton>
        }
      />
      {suggesting ? null : <SaveState />}
      <RejectedButton />
      {maySuggest && !narrow ? <ModeSwitch /> : null}
      {canEdit || suggesting ? null : (
        <Badge tone="info">
          <Eye aria-hidden /> View only
        </Badge>
      )}
      <div className="min-w-2 flex-1" />
      <PeopleBar />
      <Separator vertical className="mx-1 my-3 max-md:hidden" />
      <Collapsing narrow={narrow} requested={publishing} onClose={() => onPublishing(false)}>
        {maySuggest && narrow ? <ModeSwitch /> : null}
        <TriggersButton />
        <HistoryButton />
        <SuggestionsButton />
        {canEdit && mayPublish && !suggesting ? (
          <>
            <ProblemsButton />
            <PublishButton version={version} open={publishing} onOpenChange={onPublishing} />
          </>
        ) : (
          <VersionBadge version={version} />
        )}
      </Collapsing>
      {props.mayRun ? (
        <RunButton
          pending={props.running}
          disabled={false}
          onRun={props.onRun}
          onDebug={props.onDebug}
        />
      ) : null}
    </header>
  );
}
