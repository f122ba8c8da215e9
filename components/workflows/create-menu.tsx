'use client';

import { ChevronDown, FileUp, LayoutTemplate, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useNewWorkflow } from '@/components/shell/use-new-workflow';
import { Button } from '@/components/ui/controls/button';
import {
  DropdownMenu,
  DropdownMenuItem,
  DropdownMenuSeparator,
} from '@/components/ui/overlays/dropdown-menu';

type Props = { folder: string | undefined; onImport: () => void };

/** Blank, from a file, or from a template. */
export function CreateMenu({ folder, onImport }: Props) {
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
