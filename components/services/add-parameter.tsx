'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/controls/button';
import {
  Command,
  CommandEmpty,
  CommandInput,
  CommandItem,
  CommandList,
} from '@/components/ui/overlays/command';
import { Popover } from '@/components/ui/overlays/popover';
import { humanise } from '@/lib/nodes/node-type/form-fields';
import type { ServiceField } from '@/lib/services/schema';

type Props = { fields: readonly ServiceField[]; onAdd: (field: ServiceField) => void };

export const titleOf = ({ title, name }: ServiceField): string => title ?? humanise(name);

/** Chooses one of the parameters that are not shown yet. */
export function AddParameter({ fields, onAdd }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label="Add a parameter"
      open={open}
      onOpenChange={setOpen}
      className="w-80 p-0"
      trigger={
        <Button size="sm" className="self-start">
          <Plus aria-hidden /> Add parameter
        </Button>
      }
    >
      <Command label="Parameters">
        <CommandInput placeholder="Find a parameter" className="h-9 text-sm" />
        <CommandList>
          <CommandEmpty>No such parameter.</CommandEmpty>
          {fields.map((field) => (
            <CommandItem
              key={field.key}
              value={`${titleOf(field)} ${field.key}`}
              onSelect={() => {
                onAdd(field);
                setOpen(false);
              }}
            >
              <span className="min-w-0 shrink-0">{titleOf(field)}</span>
              <span className="ml-auto min-w-0 truncate pl-3 text-2xs text-faint">
                {field.description}
              </span>
            </CommandItem>
          ))}
        </CommandList>
      </Command>
    </Popover>
  );
}
