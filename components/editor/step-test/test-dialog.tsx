'use client';

import { useState } from 'react';
import { ValueView } from '@/components/records/value-view';
import type { Sample } from '@/components/runs/last-run';
import { JsonEditor } from '@/components/text-editor/json-editor';
import { readJson } from '@/components/text-editor/read-json';
import { Button } from '@/components/ui/controls/button';
import { Badge } from '@/components/ui/display/badge';
import { Dialog } from '@/components/ui/overlays/dialog';
import { beginnings } from '@/lib/runs/blobs';
import type { RunMode } from '@/lib/runs/schema';
import { isRecord } from '@/lib/values/unknown';
import { type Given, isLarge, isUnknown, type TestData, textOf } from './test-data';

type Props = {
  name: string;
  data: TestData;
  pending: boolean;
  onClose: () => void;
  onRun: (written: ReadonlyMap<string, unknown>, mode: RunMode) => void;
};

/** Before a step runs alone: what it does outside, and the values that it reads, to look at and to change. */
export function TestDialog({ name, data, pending, onClose, onRun }: Props) {
  const [texts, setTexts] = useState<ReadonlyMap<string, string>>(
    () => new Map(data.given.filter(isUnknown).map((each) => [each.id, textOf(each)])),
  );
  const [tried, setTried] = useState(false);
  const read = new Map(data.given.map((each) => [each.id, readFor(each, texts.get(each.id))]));
  const wrong = [...read.values()].some((each) => each !== undefined && 'error' in each);
  const write = (id: string, text: string | undefined) => {
    const next = new Map(texts);
    if (text === undefined) next.delete(id);
    else next.set(id, text);
    setTexts(next);
  };
  const start = (mode: RunMode) => {
    setTried(true);
    if (wrong) return;
    const written = new Map<string, unknown>();
    for (const [id, each] of read) if (each && 'value' in each) written.set(id, each.value);
    onRun(written, mode);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Test ${name}`}
      description={
        data.given.length === 0
          ? 'Only this step of the draft runs.'
          : 'Only this step of the draft runs, on these values.'
      }
      footer={
        <>
          {data.outward.length === 0 ? null : (
            <Button disabled={pending} onClick={() => start('rehearsal')}>
              Rehearse instead
            </Button>
          )}
          <Button variant="primary" autoFocus loading={pending} onClick={() => start('live')}>
            Test step
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {data.outward.map((says) => (
          <p key={says} role="note" className="rounded-md bg-warning-soft px-3 py-2 text-sm">
            {says}
          </p>
        ))}
        {data.given.map((each) => {
          const now = read.get(each.id);
          return (
            <Value
              key={each.id}
              given={each}
              text={texts.get(each.id)}
              error={tried && now && 'error' in now ? now.error : undefined}
              onWrite={(text) => write(each.id, text)}
            />
          );
        })}
      </div>
    </Dialog>
  );
}

type Read = { value: unknown } | { error: string } | undefined;

/** What somebody wrote; undefined where the known value is used. */
function readFor({ kind }: Given, text: string | undefined): Read {
  if (text === undefined) return undefined;
  const result = readJson(text);
  if ('error' in result) return result;
  if (kind !== 'input' || isRecord(result.value)) return result;
  return { error: 'The input is an object: {"name": value}.' };
}

const origins: Record<Sample['from'], string> = {
  run: 'From the run shown',
  'last-run': 'From the last run',
  test: 'From its last test',
  request: 'From the test request',
  pinned: 'Pinned',
  sample: 'Example: not from a run',
  nothing: 'Not known yet',
};

type ValueProps = {
  given: Given;
  text: string | undefined;
  error: string | undefined;
  onWrite: (text: string | undefined) => void;
};

function Value({ given, text, error, onWrite }: ValueProps) {
  const { title, kind, sample } = given;
  const label = kind === 'step' ? `Output of ${title}` : title;
  const known = !isUnknown(given);
  return (
    <section aria-label={label} className="flex flex-col gap-1.5">
      <div className="flex min-h-7 items-center gap-2">
        <h3 className="min-w-0 truncate text-sm font-medium">{label}</h3>
        <Badge tone={known ? 'neutral' : 'outline'}>
          {text !== undefined && known ? 'Written by you' : origins[sample.from]}
        </Badge>
        <span className="flex-1" />
        {known && !isLarge(given) ? (
          <Button
            size="sm"
            variant="ghost"
            onClick={() => onWrite(text === undefined ? textOf(given) : undefined)}
          >
            {text === undefined ? 'Edit' : 'Use the known value'}
          </Button>
        ) : null}
      </div>
      {text === undefined ? (
        <div className="max-h-48 overflow-auto">
          <ValueView value={beginnings(sample.value)} label={label} openDepth={1} />
        </div>
      ) : (
        <JsonEditor
          label={`${label} as JSON`}
          value={text}
          onChange={onWrite}
          minHeight={72}
          maxHeight={220}
          error={error}
        />
      )}
    </section>
  );
}
