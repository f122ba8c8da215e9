'use client';

import { Folder, FolderPlus, FolderX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useLabels, useOrganise } from '@/components/data/workflow-queries';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Dialog } from '@/components/ui/overlays/dialog';
import { folderProblem, maxFolderLength, tidyFolder } from '@/lib/workflows/organise/folder';
import { folderTree } from '@/lib/workflows/organise/folder-tree';
import { forEach, type Named, nameOf } from './bulk';

type Props = {
  workflows: readonly Named[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDone?: () => void;
};

/** Chooses a folder for workflows: one that is there, or a new one. */
export function MoveDialog({ workflows, open, onOpenChange, onDone }: Props) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="sm"
      title={`Move ${nameOf(workflows)} to a folder`}
    >
      <Choice
        workflows={workflows}
        close={() => {
          onOpenChange(false);
          onDone?.();
        }}
      />
    </Dialog>
  );
}

function Choice({ workflows, close }: { workflows: readonly Named[]; close: () => void }) {
  const [search, setSearch] = useState('');
  const { data } = useLabels();
  const { mutateAsync, isPending } = useOrganise();
  const wanted = tidyFolder(search);
  const problem = folderProblem(search);
  const folders = folderTree(data?.folders ?? []).map(({ path }) => path);
  const found = folders.filter((path) => path.toLowerCase().includes(wanted.toLowerCase()));
  const isNew = wanted !== '' && problem === undefined && !folders.includes(wanted);
  const move = (folder: string) =>
    void forEach(
      workflows,
      ({ id }) => mutateAsync({ id, folder }),
      folder === '' ? 'moved out of folders' : `moved to “${folder}”`,
    ).then((good) => {
      if (good.length > 0) close();
    });
  return (
    <div className="space-y-2">
      <Field
        label="Folder"
        hint="Write / for a folder in a folder, such as Sales/Reports."
        error={problem}
      >
        <Input
          value={search}
          maxLength={maxFolderLength}
          placeholder="Find, or name a new one"
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || isPending || problem !== undefined) return;
            const [first] = found;
            if (isNew || folders.includes(wanted)) move(wanted);
            else if (first !== undefined && wanted !== '') move(first);
          }}
        />
      </Field>
      <ul aria-label="Folders" className="max-h-64 overflow-y-auto">
        {isNew ? (
          <Option icon={<FolderPlus />} disabled={isPending} onChoose={() => move(wanted)}>
            New folder “{wanted}”
          </Option>
        ) : null}
        {found.map((path) => (
          <Option key={path} icon={<Folder />} disabled={isPending} onChoose={() => move(path)}>
            {path.replaceAll('/', ' / ')}
          </Option>
        ))}
        {wanted === '' ? (
          <Option icon={<FolderX />} disabled={isPending} onChoose={() => move('')}>
            No folder
          </Option>
        ) : null}
      </ul>
    </div>
  );
}

type OptionProps = {
  icon: ReactNode;
  disabled: boolean;
  onChoose: () => void;
  children: ReactNode;
};

function Option({ icon, disabled, onChoose, children }: OptionProps) {
  return (
    <li>
      <button
        type="button"
        disabled={disabled}
        onClick={onChoose}
        className="flex min-h-8 w-full items-center gap-2 rounded-md px-2 text-left text-sm hover:bg-hover disabled:opacity-50 [&_svg]:size-3.5 [&_svg]:shrink-0 [&_svg]:text-faint"
      >
        {icon}
        <span className="min-w-0 truncate">{children}</span>
      </button>
    </li>
  );
}
