'use client';

import { Download, Maximize2 } from 'lucide-react';
import { useState } from 'react';
import { SavedFiles } from '@/components/files/saved-files';
import { ValueView } from '@/components/records/value-view';
import { CopyButton } from '@/components/ui/controls/copy-button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Markdown } from '@/components/ui/display/markdown';
import { Dialog } from '@/components/ui/overlays/dialog';
import { namedTexts, splitOutput } from '@/lib/runs/values/split-output';
import { MissingPart } from './missing-part';
import { useWhole } from './use-whole';

type OutputProps = { value: unknown; label: string; runId: string | undefined };

/** A value of a run as a person wants to see it: its text as Markdown, the rest as a tree. */
export function OutputView({ value, label, runId }: OutputProps) {
  const whole = useWhole(runId, value);
  const several = namedTexts(whole.value);
  const { text, rest } = several === undefined ? splitOutput(whole.value) : {};
  return (
    <div className="space-y-3">
      <MissingPart missing={whole.missing} />
      <SavedFiles value={whole.value} />
      {several?.map(([name, value]) => (
        <Named key={name} name={name} value={value} />
      ))}
      {text === undefined ? null : <Markdown text={text} />}
      {rest === undefined ? null : (
        <ValueView value={rest} label={label} openDepth={text === undefined ? 2 : 1} />
      )}
      {several === undefined && text === undefined && rest === undefined ? (
        <p className="text-muted">No output.</p>
      ) : null}
    </div>
  );
}

/** The result of one of several steps. */
function Named({ name, value }: { name: string; value: unknown }) {
  const { text = '', rest } = splitOutput(value);
  return (
    <section aria-label={name} className="space-y-1.5">
      <h3 className="font-mono text-xs text-muted">{name}</h3>
      <Markdown text={text} />
      {rest === undefined ? null : <ValueView value={rest} label={`${name}, data`} openDepth={0} />}
    </section>
  );
}

/** Copy, save and read-in-full of a result. */
export function ResultTools({ value, name, runId }: Omit<OutputProps, 'label'> & { name: string }) {
  const [reading, setReading] = useState(false);
  const whole = useWhole(runId, value);
  const { text } = splitOutput(whole.value);
  const content = text ?? JSON.stringify(whole.value, null, 2) ?? '';
  // What is read below is there for these too.
  if (whole.missing) return null;
  const save = () => {
    const type = text === undefined ? 'application/json' : 'text/markdown';
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = `${name.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase()}.${text === undefined ? 'json' : 'md'}`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <span className="flex items-center">
      <CopyButton text={content} label="Copy result" />
      <IconButton label="Download" size="sm" onClick={save}>
        <Download />
      </IconButton>
      <IconButton label="Show in full" size="sm" onClick={() => setReading(true)}>
        <Maximize2 />
      </IconButton>
      <Dialog open={reading} onOpenChange={setReading} title={name} size="lg">
        <OutputView value={value} label="Result" runId={runId} />
      </Dialog>
    </span>
  );
}
