'use client';

import { type FormEvent, useId, useState } from 'react';
import { ApiError } from '@/components/data/call';
import { usePutEntry } from '@/components/data/memory-queries';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { Textarea } from '@/components/ui/controls/textarea';
import { toast } from '@/components/ui/controls/toast';
import { Dialog } from '@/components/ui/overlays/dialog';
import { jsonProblemText, readJson } from '@/lib/api/json/read-json';
import type { MemoryEntry } from '@/lib/memory/schema';
import { isJson } from '@/lib/values/is-json';
import { at } from '@/lib/values/unknown';

type Props = {
  space: string;
  /** The one to change; without it a new one is written. */
  entry?: MemoryEntry;
  onSaved?: (place: { space: string; path: string }) => void;
  onClose: () => void;
};

/** Writes an entry. What somebody else changed in the meantime is merged, or kept beside it for a decision. */
export function EntryDialog({ space, entry, onSaved, onClose }: Props) {
  const form = useId();
  const [path, setPath] = useState(entry?.path ?? '');
  const [kind, setKind] = useState<'text' | 'json'>(
    entry === undefined || typeof entry.value === 'string' ? 'text' : 'json',
  );
  const [text, setText] = useState(() => textOfValue(entry));
  const [problem, setProblem] = useState<string>();
  const put = usePutEntry();
  const looksSecret =
    ApiError.isInstance(put.error) && at(put.error.details, 'looksSecret') === true;
  const save = (allowSecret: boolean) => {
    const read = kind === 'text' ? { ok: true as const, value: text } : readJson(text);
    if (!read.ok) return setProblem(`This is no JSON: ${jsonProblemText(read.problem)}.`);
    if (!isJson(read.value)) return setProblem('This is no JSON.');
    setProblem(undefined);
    const expected =
      entry === undefined
        ? { strategy: 'version' as const, expect: 'absent' as const }
        : { strategy: 'merge' as const, expect: entry.version };
    const more = allowSecret ? { allowSecret } : {};
    put.mutate(
      { space, path, value: read.value, ...expected, ...more },
      {
        onSuccess: ({ outcome, entry: saved }) => {
          if (outcome === 'merged') toast.success('Merged with what somebody else had changed');
          if (outcome === 'conflict') {
            toast.warning('Somebody changed the same part. Both values wait under Conflicts.');
          }
          onSaved?.({ space, path: saved.path });
          onClose();
        },
      },
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(false);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={entry === undefined ? 'Add entry' : `Edit ${entry.path}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {looksSecret ? (
            <Button variant="danger" onClick={() => save(true)} loading={put.isPending}>
              Keep it all the same
            </Button>
          ) : null}
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={path.trim() === ''}
            loading={put.isPending}
          >
            Save
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4">
        {entry === undefined ? (
          <Field label="Path" hint="Names between slashes, such as customers/acme.">
            <Input value={path} maxLength={500} onChange={(event) => setPath(event.target.value)} />
          </Field>
        ) : null}
        <Field label="Kind">
          <Select
            aria-label="Kind"
            value={kind}
            options={[
              { value: 'text', label: 'Text' },
              { value: 'json', label: 'JSON' },
            ]}
            onValueChange={(next) => setKind(next === 'json' ? 'json' : 'text')}
          />
        </Field>
        <Field label="Value" error={problem ?? put.error?.message}>
          <Textarea
            rows={10}
            value={text}
            spellCheck={kind === 'text'}
            className={kind === 'json' ? 'font-mono text-xs' : ''}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}

function textOfValue(entry: MemoryEntry | undefined): string {
  if (entry === undefined) return '';
  return typeof entry.value === 'string' ? entry.value : JSON.stringify(entry.value, null, 2);
}
