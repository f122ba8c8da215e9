'use client';

import { Download, SquarePen, Trash2, Undo2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Differences } from '@/components/history/differences';
import type { DraftHandle } from '@/components/realtime/draft/use-draft';
import { browserKeep } from '@/components/realtime/offline-store/browser-keep';
import {
  definitionOf,
  mergedWith,
  type SetAside,
} from '@/components/realtime/offline-store/set-aside';
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
import { suggest } from './suggest';

type Props = {
  asides: readonly SetAside[];
  /** The open draft, where there is one: edits can be made on it again, or suggested for it. */
  draft?: DraftHandle;
};

/** Edits that could not be saved, and what their author can do with them. */
export function SetAsideList({ asides, draft }: Props) {
  return (
    <ul aria-label="Edits that could not be saved" className="flex flex-col gap-3 text-left">
      {asides.map((aside) => (
        <li key={aside.id} className="overflow-hidden rounded-lg border">
          <One aside={aside} draft={draft} />
        </li>
      ))}
    </ul>
  );
}

/** "12 edits could not be saved: your role is now viewer." */
export const sentenceOf = ({ count, why }: SetAside): string =>
  `${plural(count, 'edit')} could not be saved: ${why.words}.`;

function One({ aside, draft }: { aside: SetAside; draft: DraftHandle | undefined }) {
  const [discarding, setDiscarding] = useState(false);
  const [busy, setBusy] = useState(false);
  const shown = useMemo(() => shownOf(aside, draft), [aside, draft]);
  const { copy, role } = draft ?? {};
  const mayDo = (permission: 'workflows.edit' | 'workflows.suggest') =>
    draft?.phase !== 'refused' && role !== undefined && can(role, permission);
  const perform = async (deed: () => Promise<unknown>, done: string) => {
    setBusy(true);
    try {
      await deed();
      toast(done);
    } catch (error) {
      toastError('That failed. Your edits are still here', error);
    } finally {
      setBusy(false);
    }
  };
  const apply = async () => {
    const impossible = draft?.takeBack(aside);
    if (impossible !== undefined) throw new Error(impossible);
  };
  const send = async () => {
    if (!copy) throw new Error('The workflow is not open.');
    await suggest(aside, copy);
    await browserKeep().discard(aside);
  };
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b bg-surface px-4 py-2.5">
        <p className="min-w-0 flex-1 basis-60 text-sm">
          {sentenceOf(aside)}{' '}
          <span className="text-xs text-muted">
            Kept in this browser, <TimeAgo at={new Date(aside.at).toISOString()} />
          </span>
        </p>
        <span className="flex flex-wrap gap-2">
          {mayDo('workflows.edit') && aside.state ? (
            <Button
              size="sm"
              variant="primary"
              disabled={busy}
              onClick={() => void perform(apply, 'The edits were applied to the draft')}
            >
              <Undo2 /> Apply now
            </Button>
          ) : null}
          {mayDo('workflows.suggest') && aside.state ? (
            <Button
              size="sm"
              disabled={busy}
              onClick={() => void perform(send, 'The edits were sent as a suggestion')}
            >
              <SquarePen /> Send as a suggestion
            </Button>
          ) : null}
          <Button size="sm" onClick={() => void download(aside)}>
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
        title={`Discard ${plural(aside.count, 'edit')}?`}
        description="They exist only in this browser and cannot be recovered. Download them first if you may need them."
        confirmLabel="Discard"
        onConfirm={() => browserKeep().discard(aside)}
      />
    </>
  );
}

/** What the edits would change of the draft now; or, where nobody knows it, what was typed. */
function shownOf(aside: SetAside, draft: DraftHandle | undefined) {
  const now = draft?.phase === 'refused' ? undefined : draft?.copy?.doc;
  const merged = mergedWith(aside, now);
  if (!merged) return aside.texts.join('\n\n') || 'No preview available.';
  if (!now) {
    const whole = definitionOf(aside);
    return whole ? touchedIn(whole, aside) : '';
  }
  const before = readDraft(now, catalogue);
  const after = readDraft(merged, catalogue);
  const diff = onlyTouched(diffDefinitions(before, after), aside);
  const types = new Map([...before.nodes, ...after.nodes].map(({ id, type }) => [id, type]));
  return { diff, types };
}

function onlyTouched({ meta, elements }: DefinitionDiff, { touched }: SetAside): DefinitionDiff {
  return {
    meta: meta.filter(({ path }) => touched.meta.includes(path)),
    elements: elements.filter(({ part, id }) => touched[part].includes(id)),
  };
}

/** The touched steps in words: without the draft of the server nobody can say what differs. */
function touchedIn({ nodes }: Definition, { touched }: SetAside): string {
  return nodes
    .filter(({ id }) => touched.nodes.includes(id))
    .map(({ name, config }) => {
      const texts = Object.values(config).filter((value) => typeof value === 'string' && value);
      return [name, ...texts].join('\n');
    })
    .join('\n\n');
}
