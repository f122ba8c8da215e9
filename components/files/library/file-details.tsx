'use client';

import Link from 'next/link';
import { DeleteRecord } from '@/components/records/delete-record';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { CopyButton } from '@/components/ui/controls/copy-button';
import { Tab, TabPanel, Tabs, TabsList } from '@/components/ui/controls/tabs';
import { plural } from '@/components/ui/format';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { FileEntry } from '@/lib/files/contract';
import { isPicture } from '@/lib/files/file-kinds';
import { contentAddress } from '../content-address';
import { FilePreview } from '../file-preview';
import { Picture } from '../picture';
import { sizeText } from '../size-text';
import { useDeleteFile, useFileText, useFileUses } from './file-queries';

type Props = { file: FileEntry | undefined; onClose: () => void };

/** A file as people and as agents see it, and where it is used. */
export function FileDetails({ file, onClose }: Props) {
  return (
    <Dialog
      size="lg"
      open={file !== undefined}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={file?.name ?? ''}
      description={file ? aboutOf(file) : undefined}
      footer={file ? <Actions file={file} onDeleted={onClose} /> : undefined}
    >
      {file ? <Content file={file} /> : null}
    </Dialog>
  );
}

function aboutOf({ size, createdBy, keptUntil }: FileEntry): string {
  const who = createdBy === null ? 'From a run or trigger' : `Uploaded by ${createdBy}`;
  const until = keptUntil === null ? '' : ` · kept until ${keptUntil.slice(0, 10)}`;
  return `${sizeText(size)} · ${who}${until}`;
}

function Content({ file: { id, name } }: { file: FileEntry }) {
  if (isPicture(name)) {
    return (
      <div className="space-y-4">
        <Picture id={id} name={name} className="max-h-96 max-w-full" />
        <Uses id={id} />
      </div>
    );
  }
  return (
    <div className="space-y-4">
      <Tabs defaultValue="preview">
        <TabsList>
          <Tab value="preview">Preview</Tab>
          <Tab value="text">As agents see it</Tab>
        </TabsList>
        <TabPanel value="preview" className="pt-3">
          <FilePreview config={{ file: id }} />
        </TabPanel>
        <TabPanel value="text" className="pt-3">
          <AgentText id={id} />
        </TabPanel>
      </Tabs>
      <Uses id={id} />
    </div>
  );
}

function AgentText({ id }: { id: string }) {
  const { data, error } = useFileText(id);
  if (error) {
    return (
      <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-xs text-danger">
        {error.message}
      </p>
    );
  }
  if (data === undefined) return <p className="text-xs text-faint">Reading…</p>;
  const part = data.nextOffset === null ? '' : ` The first ${data.text.length} are shown.`;
  return (
    <div className="space-y-1.5">
      <p className="text-xs text-muted">
        {plural(data.characters, 'character')}.{part}
      </p>
      <pre className="max-h-72 overflow-auto rounded-md border bg-bg px-3 py-2 font-mono text-2xs whitespace-pre-wrap [overflow-wrap:anywhere]">
        {data.text}
      </pre>
    </div>
  );
}

function Uses({ id }: { id: string }) {
  const { data, error } = useFileUses(id);
  return (
    <section className="space-y-1 text-sm">
      <h3 className="font-medium">Used by</h3>
      {error ? (
        <p className="text-muted">Where it is used could not be looked up.</p>
      ) : data === undefined ? (
        <p className="text-faint">Looking…</p>
      ) : data.items.length === 0 ? (
        <p className="text-muted">No step of a workflow names it.</p>
      ) : (
        <ul className="space-y-0.5">
          {data.items.map(({ workflowId, workflowName, steps, inLive }) => (
            <li key={workflowId} className="truncate text-muted">
              <Link href={`/workflows/${workflowId}`} className="text-accent hover:underline">
                {workflowName}
              </Link>
              : {steps.map(({ name }) => name).join(', ')}
              {inLive ? ' (live)' : ''}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Actions({ file: { id, name }, onDeleted }: { file: FileEntry; onDeleted: () => void }) {
  const canWrite = useCan('files.write');
  const remove = useDeleteFile();
  const uses = useFileUses(id);
  const names = uses.data?.items.map(({ workflowName }) => `“${workflowName}”`).join(', ') ?? '';
  const breaks =
    names === ''
      ? 'No workflow names it.'
      : `Steps that read it fail in ${names} until they name another file.`;
  return (
    <>
      {canWrite ? (
        <DeleteRecord
          name={name}
          what="file"
          description={`${breaks} Chats and runs that were given it keep its name alone. It cannot be brought back.`}
          pending={remove.isPending || uses.isPending}
          onDelete={() => remove.mutateAsync(id).then(onDeleted)}
        />
      ) : null}
      <CopyButton text={id} label="Copy the file’s ID" />
      <Button asChild variant="primary">
        <a href={contentAddress(id)} download={name}>
          Download
        </a>
      </Button>
    </>
  );
}
