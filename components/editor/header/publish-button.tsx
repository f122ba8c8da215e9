'use client';

import { useState } from 'react';
import { ApiError } from '@/components/data/call';
import { GoesLive } from '@/components/history/goes-live';
import { useObservable } from '@/components/observable/use-observable';
import { useSession } from '@/components/session/session';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Textarea } from '@/components/ui/controls/textarea';
import { toast } from '@/components/ui/controls/toast';
import { Tooltip } from '@/components/ui/controls/tooltip';
import { Badge } from '@/components/ui/display/badge';
import { Popover } from '@/components/ui/overlays/popover';
import { ProblemList } from './problems-button';
import { type LiveVersion, usePublish } from './use-publish';

type Props = { version: LiveVersion; open: boolean; onOpenChange: (open: boolean) => void };

/** Freezes the draft as the next version, with a note for teammates. */
export function PublishButton({ version, open, onOpenChange }: Props) {
  const { live, ahead } = version;
  const changed = ahead || live === null;
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
          <Button size="sm" disabled={!changed}>
            Publish
          </Button>
        }
      >
        <PublishForm next={(live ?? 0) + 1} onDone={() => onOpenChange(false)} />
      </Popover>
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

function PublishForm({ next, onDone }: { next: number; onDone: () => void }) {
  const session = useSession();
  const publish = usePublish();
  const [note, setNote] = useState('');
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string>();
  const problems = useObservable(session.problems, (now) => now);
  const errors = problems.filter((problem) => problem.severity === 'error');
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
          placeholder="Sharper prompt for the report"
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
