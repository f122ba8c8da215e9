'use client';

import { ChartNoAxesColumn, ChevronDown, FileUp, Plus } from 'lucide-react';
import { Button } from '@/components/ui/button';
import {
  DropdownMenu,
  DropdownMenuItem,
  DropdownMenuSeparator,
} from '@/components/ui/dropdown-menu';
import { useNewWorkflow } from './use-new-workflow';

/** Blank, from a file, or from the sample. */
export function CreateMenu({ onImport }: { onImport: () => void }) {
  const { create, createSample, pending } = useNewWorkflow();
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
      <DropdownMenuItem onSelect={createSample}>
        <ChartNoAxesColumn aria-hidden /> From the sample
      </DropdownMenuItem>
    </DropdownMenu>
  );
}
