'use client';

import { ChevronDown, FileUp, LayoutTemplate, Plus, Sparkles } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useNewWorkflow } from '@/components/shell/use-new-workflow';
import { Button } from '@/components/ui/controls/button';
import {
  DropdownMenu,
  DropdownMenuItem,
  DropdownMenuSeparator,
} from '@/components/ui/overlays/dropdown-menu';

type Props = { folder: string | undefined; onImport: () => void; onDescribe: () => void };

/** From a description, blank, from a file, or from a template. */
export function CreateMenu({ folder, onImport, onDescribe }: Props) {
  const router = useRouter();
  const { create, pending } = useNewWorkflow(folder);
  return (
    <DropdownMenu
      align="end"
      trigger={
        <Button variant="primary" size="sm" loading={pending}>
          {pending ? null : <Plus aria-hidden />} New workflow
          <ChevronDown aria-hidden />
        </Button>
      }
    >
      <DropdownMenuItem onSelect={onDescribe}>
        <Sparkles aria-hidden /> Describe it…
      </DropdownMenuItem>
      <DropdownMenuItem onSelect={create}>
        <Plus aria-hidden /> Blank
      </DropdownMenuItem>
      <DropdownMenuItem onSelect={onImport}>
        <FileUp aria-hidden /> Import JSON or YAML…
      </DropdownMenuItem>
      <DropdownMenuSeparator />
      <DropdownMenuItem onSelect={() => router.push('/workflows/templates')}>
        <LayoutTemplate aria-hidden /> From a template…
      </DropdownMenuItem>
    </DropdownMenu>
  );
}
