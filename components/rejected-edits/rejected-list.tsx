'use client';

import { Download, SquarePen, Trash2, Undo2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Differences } from '@/components/history/differences';
import type { DraftHandle } from '@/components/realtime/draft/use-draft';
import { browserOfflineStore } from '@/components/realtime/offline-store/browser-offline-store';
import {
  definitionOf,
  mergedWith,
  type RejectedEdits,
} from '@/components/realtime/offline-store/rejected';
import { Button } from '@/components/ui/controls/button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { plural } from '@/components/ui/format';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import { catalogue } from '@/lib/nodes/catalogue';
import { can } from '@/lib/people/can';
import { type DefinitionDiff, diffDefinitions } from '@/lib/workflows/changes/diff';
import { readDraft } from '@/lib/workflows/draft/draft';
import type { Definition } from '@/lib/workflows/schema';
import { download } from './download';
import { sentenceOf } from './sentence';
import { suggest } from './suggest';

type Props = {
  rejections: readonly RejectedEdits[];
  /** The open draft, where there is one: edits can be made on it again, or suggested for it. */
  draft?: DraftHandle;
};

/** Edits that could not be saved, and what their author can do with them. */
export function RejectedList({ rejections, draft }: Props) {
  return (
    <ul aria-label="Edits that could not be saved" className="flex flex-col gap-3 text-left">
      {rejections.map((rejection) => (
        <li key={rejection.id} className="overflow-hidden rounded-lg border">
          <One rejection={rejection} draft={draft} />
        </li>
      ))}
    </ul>
  );
}

function One({ rejection, draft }: { rejection: RejectedEdits; draft: DraftHandle | undefined }) {
  const [discarding, setDiscarding] = useState(false);
  const [busy, setBusy] = useState(false);
  const shown = useMemo(() => shownOf(rejection, draft), [rejection, draft]);
  const { copy, role } = draft ?? {};
  const mayDo = (permission: 'workflows.edit' | 'workflows.suggest') =>
    draft?.phase !== 'refused' && role !== undefined && can(role, permission);
  const perform = async (action: () => Promise<unknown>, done: string) => {
    setBusy(true);
    try {
      await action();
      toast(done);
    } catch (error) {
      toastError('That failed. Your edits are still here', error);
    } finally {
      setBusy(false);
    }
  };
  const apply = async () => {
    const impossible = draft?.makeAgain(rejection);
    if (impossible !== undefined) throw new Error(impossible);
  };
  const send = async () => {
    if (!copy) throw new Error('The workflow is not open.');
    await suggest(rejection, copy);
    await browserOfflineStore().discard(rejection);
  };
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b bg-surface px-4 py-2.5">
        <p className="min-w-0 flex-1 basis-60 text-sm">
          {sentenceOf(rejection)}{' '}
          <span className="text-xs text-muted">
            Kept in this browser, <TimeAgo at={new Date(rejection.at).toISOString()} />
          </span>
        </p>
        <span className="flex flex-wrap gap-2">
          {mayDo('workflows.edit') && rejection.state ? (
            <Button
              size="sm"
              variant="primary"
              disabled={busy}
              onClick={() => void perform(apply, 'The edits were applied to the draft')}
            >
              <Undo2 /> Apply now
            </Button>
          ) : null}
          {mayDo('workflows.suggest') && rejection.state ? (
            <Button
              size="sm"
              disabled={busy}
              onClick={() => void perform(send, 'The edits were sent as a suggestion')}
            >
              <SquarePen /> Send as a suggestion
            </Button>
          ) : null}
          <Button size="sm" onClick={() => void download(rejection)}>
            <Download /> Download
          </Button>
          <Button size="sm" variant="ghost" disabled={busy} onClick={() => setDiscarding(true)}>
            <Trash2 /> Discard
          </Button>
        </span>
      </div>
      {typeof shown === 'string' ? (
        <p className="max-h-60 overflow-y-auto px-4 py-2.5 text-sm break-words whitespace-pre-wrap">
          {shown}
        </p>
      ) : (
        <Differences {...shown} />
      )}
      <AlertDialog
        open={discarding}
        onOpenChange={setDiscarding}
        title={`Discard ${plural(rejection.count, 'edit')}?`}
        description="They exist only in this browser and cannot be recovered. Download them first if you may need them."
        confirmLabel="Discard"
        onConfirm={() => browserOfflineStore().discard(rejection)}
      />
    </>
  );
}

/** What the edits would change of the draft now; or, where nobody knows it, what was typed. */
function shownOf(rejection: RejectedEdits, draft: DraftHandle | undefined) {
  const now = draft?.phase === 'refused' ? undefined : draft?.copy?.doc;
  const merged = mergedWith(rejection, now);
  if (!merged) return rejection.texts.join('\n\n') || 'No preview available.';
  if (!now) {
    const whole = definitionOf(rejection);
    return whole ? touchedIn(whole, rejection) : '';
  }
  const before = readDraft(now, catalogue);
  const after = readDraft(merged, catalogue);
  const diff = onlyTouched(diffDefinitions(before, after), rejection);
  const types = new Map([...before.nodes, ...after.nodes].map(({ id, type }) => [id, type]));
  return { diff, types };
}

function onlyTouched(
  { meta, elements }: DefinitionDiff,
  { touched }: RejectedEdits,
): DefinitionDiff {
  return {
    meta: meta.filter(({ path }) => touched.meta.includes(path)),
    elements: elements.filter(({ part, id }) => touched[part].includes(id)),
  };
}

/** Names the changed steps: without the server's draft the differences are unknown. */
function touchedIn({ nodes }: Definition, { touched }: RejectedEdits): string {
  return nodes
    .filter(({ id }) => touched.nodes.includes(id))
    .map(({ name, config }) => {
      const texts = Object.values(config).filter((value) => typeof value === 'string' && value);
      return [name, ...texts].join('\n');
    })
    .join('\n\n');
}
