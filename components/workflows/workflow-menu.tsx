'use client';

import { CopyPlus, FileDown, FolderInput, PenLine, Tag, Trash2, Workflow } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { pathOf } from '@/components/data/call';
import { useCan } from '@/components/shell/actor-context';
import {
  DropdownMenu,
  DropdownMenuItem,
  DropdownMenuSeparator,
} from '@/components/ui/overlays/dropdown-menu';
import { exportWorkflow } from '@/lib/workflows/contract';
import type { Named } from './bulk';
import { MoveDialog } from './move-dialog';
import { TagsDialog } from './tags-dialog';
import { TrashDialog } from './trash-dialog';
import { useDuplicate } from './use-duplicate';

type Props = {
  workflow: Named & { tags: readonly string[] };
  trigger: ReactNode;
  align?: 'start' | 'end';
  /** It stands in a list, not on the workflow's own page. */
  listed?: boolean;
};

/** What one can do with a workflow as a whole. */
export function WorkflowMenu({ workflow, trigger, align, listed = false }: Props) {
  const router = useRouter();
  const [asking, setAsking] = useState<'move' | 'tag' | 'delete'>();
  const close = () => setAsking(undefined);
  const duplicate = useDuplicate(listed);
  const canEdit = useCan('workflows.edit');
  const canDelete = useCan('workflows.delete');
  const file = (format: 'json' | 'yaml') =>
    pathOf(exportWorkflow, { params: { id: workflow.id }, query: { format } });
  return (
    <>
      <DropdownMenu align={align ?? 'start'} trigger={trigger}>
        {listed ? (
          <DropdownMenuItem asChild>
            <Link href={`/workflows/${workflow.id}`}>
              <PenLine aria-hidden /> Open
            </Link>
          </DropdownMenuItem>
        ) : null}
        <DropdownMenuItem asChild>
          <Link href={`/runs?workflowId=${workflow.id}`}>
            <Workflow aria-hidden /> Runs
          </Link>
        </DropdownMenuItem>
        {canEdit ? (
          <>
            <DropdownMenuItem onSelect={() => void duplicate(workflow)}>
              <CopyPlus aria-hidden /> Duplicate
            </DropdownMenuItem>
            <DropdownMenuItem onSelect={() => setAsking('move')}>
              <FolderInput aria-hidden /> Move to folder…
            </DropdownMenuItem>
            <DropdownMenuItem onSelect={() => setAsking('tag')}>
              <Tag aria-hidden /> Tags…
            </DropdownMenuItem>
          </>
        ) : null}
        <DropdownMenuSeparator />
        {(['json', 'yaml'] as const).map((format) => (
          <DropdownMenuItem key={format} asChild>
            <a href={file(format)} download>
              <FileDown aria-hidden /> Export as {format.toUpperCase()}
            </a>
          </DropdownMenuItem>
        ))}
        {canDelete ? (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem danger onSelect={() => setAsking('delete')}>
              <Trash2 aria-hidden /> Move to trash…
            </DropdownMenuItem>
          </>
        ) : null}
      </DropdownMenu>
      <MoveDialog workflows={[workflow]} open={asking === 'move'} onOpenChange={close} />
      <TagsDialog workflows={[workflow]} open={asking === 'tag'} onOpenChange={close} />
      <TrashDialog
        workflow={workflow}
        open={asking === 'delete'}
        onOpenChange={close}
        onMoved={() => {
          if (!listed) router.push('/workflows');
        }}
      />
    </>
  );
}
