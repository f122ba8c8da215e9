'use client';

import { CloudOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { ApiError } from '@/components/data/call';
import { GoesLive } from '@/components/history/goes-live';
import { useObservable } from '@/components/observable/use-observable';
import { useSession } from '@/components/session/session';
import { touchAll } from '@/components/session/state/to-do';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Textarea } from '@/components/ui/controls/textarea';
import { toast, toastError } from '@/components/ui/controls/toast';
import { Tooltip } from '@/components/ui/controls/tooltip';
import { Badge } from '@/components/ui/display/badge';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import { Popover } from '@/components/ui/overlays/popover';
import { ProblemList } from './problems-button';
import { type LiveVersion, usePublish, useUnpublish } from './use-publish';

type Props = { version: LiveVersion; open: boolean; onOpenChange: (open: boolean) => void };

/** Freezes the draft as the next version, with a note for teammates; takes the live one off. */
export function PublishButton({ version, open, onOpenChange }: Props) {
  const { live, last, ahead } = version;
  const changed = ahead || live === null;
  const [leaving, setLeaving] = useState<number>();
  return (
    <>
      <VersionBadge version={version} />
      <Popover
        open={open}
        onOpenChange={onOpenChange}
        label="Publish"
        align="end"
        className="w-80"
        trigger={
          <Button size="sm" disabled={live === undefined}>
            Publish
          </Button>
        }
      >
        {changed ? (
          <PublishForm last={last} onDone={() => onOpenChange(false)} />
        ) : (
          <p className="text-sm text-muted">Version {live} is live. The draft is the same.</p>
        )}
        {typeof live === 'number' ? (
          <div className="-mx-3 mt-3 -mb-1 border-t px-1 pt-1">
            <Button
              size="sm"
              variant="ghost"
              onClick={() => {
                onOpenChange(false);
                setLeaving(live);
              }}
            >
              <CloudOff aria-hidden /> Unpublish version {live}…
            </Button>
          </div>
        ) : null}
      </Popover>
      {leaving === undefined ? null : (
        <Unpublish version={leaving} onDone={() => setLeaving(undefined)} />
      )}
    </>
  );
}

/** Which version is live, and whether the draft is ahead of it. */
export function VersionBadge({ version: { live, ahead } }: { version: LiveVersion }) {
  const { local } = useSession();
  if (live === undefined) return null;
  if (live === null) return <Badge tone="outline">Not published</Badge>;
  return (
    <Tooltip label="Show the history">
      <button
        type="button"
        onClick={() => local.set((now) => ({ ...now, history: true }))}
        className="flex items-center gap-1 rounded-sm hover:opacity-80 max-md:hidden"
      >
        <Badge tone={ahead ? 'outline' : 'success'}>v{live} live</Badge>
        {ahead ? (
          <Badge tone="warning">
            Ahead<span className="max-lg:sr-only"> of live</span>
          </Badge>
        ) : null}
      </button>
    </Tooltip>
  );
}

function Unpublish({ version, onDone }: { version: number; onDone: () => void }) {
  const unpublish = useUnpublish();
  return (
    <AlertDialog
      open
      onOpenChange={onDone}
      title={`Unpublish version ${version}?`}
      description="Triggers start no runs until you publish or make a version live again. Versions, the draft and running runs are kept."
      confirmLabel="Unpublish"
      onConfirm={async () => {
        try {
          await unpublish(version);
          toast.success(`Version ${version} is no longer live`);
        } catch (error) {
          toastError('It was not unpublished', error);
        }
      }}
    />
  );
}

type FormProps = { last: LiveVersion['last']; onDone: () => void };

function PublishForm({ last, onDone }: FormProps) {
  const next = (last ?? 0) + 1;
  const session = useSession();
  const publish = usePublish();
  const [note, setNote] = useState('');
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string>();
  const problems = useObservable(session.problems, (now) => now);
  const errors = problems.filter((problem) => problem.severity === 'error');
  useEffect(() => touchAll(session.local, session.problems.get()), [session]);
  if (errors.length > 0) {
    return (
      <div className="flex flex-col gap-2">
        <p className="text-sm text-muted">Fix these before publishing version {next}:</p>
        <div className="-mx-1.5 max-h-72 overflow-y-auto">
          <ProblemList problems={errors} onDone={onDone} />
        </div>
      </div>
    );
  }
  const submit = async () => {
    setPending(true);
    setError(undefined);
    try {
      const version = await publish(note.trim());
      toast.success(`Version ${version} is live`);
      onDone();
    } catch (reason) {
      setError(ApiError.isInstance(reason) ? reason.message : 'Publishing failed.');
    } finally {
      setPending(false);
    }
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <GoesLive />
      <Field
        label={`What changed in version ${next}`}
        hint="Optional. Shown in the list of versions."
        error={error}
      >
        <Textarea
          value={note}
          rows={3}
          maxLength={2_000}
          placeholder={next === 1 ? 'First version' : 'Sharper prompt for the report'}
          onChange={(event) => setNote(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
            event.preventDefault();
            event.stopPropagation();
            void submit();
          }}
        />
      </Field>
      <Button type="submit" variant="primary" loading={pending} className="self-end">
        Publish version {next}
      </Button>
    </form>
  );
}
