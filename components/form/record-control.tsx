'use client';

import { Plus, X } from 'lucide-react';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Input } from '@/components/ui/controls/input';
import type { ControlProps } from './control-props';
import { useFormHost } from './host';

/** Names with texts, set as a whole. */
export function RecordControl({ field, value, path }: ControlProps) {
  const host = useFormHost();
  const entries = Object.entries((value as Record<string, unknown> | undefined) ?? {});
  const write = (next: [string, unknown][]) => host.set(path, Object.fromEntries(next));
  const replace = (index: number, name: string, text: string) =>
    write(entries.map((entry, at) => (at === index ? [name, text] : entry)));
  const freeName = () => {
    let number = entries.length + 1;
    while (entries.some(([name]) => name === `name_${number}`)) number += 1;
    return `name_${number}`;
  };
  return (
    <div className="flex flex-col gap-1.5">
      {entries.map(([name, text], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name changes while it is typed; its place does not
        <div key={index} className="flex gap-1.5">
          <Input
            aria-label={`${field.title}: name`}
            defaultValue={name}
            readOnly={host.readOnly}
            onBlur={(event) => {
              const next = event.target.value;
              // Two of one name would be one: the other's text would be gone.
              const taken = entries.some(([other], at) => other === next && at !== index);
              if (taken) event.target.value = name;
              else replace(index, next, String(text));
            }}
          />
          <Input
            aria-label={`${field.title}: value of ${name}`}
            value={String(text)}
            readOnly={host.readOnly}
            onChange={(event) => replace(index, name, event.target.value)}
          />
          {host.readOnly ? null : (
            <IconButton
              label={`Remove ${name}`}
              className="mt-0.5"
              onClick={() => write(entries.filter((_, at) => at !== index))}
            >
              <X />
            </IconButton>
          )}
        </div>
      ))}
      {host.readOnly ? null : (
        <Button
          size="sm"
          className="self-start"
          onClick={() => write([...entries, [freeName(), '']])}
        >
          <Plus aria-hidden /> Add entry
        </Button>
      )}
    </div>
  );
}
