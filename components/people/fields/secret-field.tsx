'use client';

import { CopyButton } from '@/components/ui/controls/copy-button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';

/** A long text to take along: selected by a click, copied by a button. */
export function SecretField({ label, text }: { label: string; text: string }) {
  return (
    <div className="flex items-end gap-2">
      <Field label={label} className="min-w-0 flex-1">
        <Input
          readOnly
          value={text}
          className="font-mono text-xs"
          onFocus={(event) => event.target.select()}
        />
      </Field>
      <CopyButton text={text} className="mb-1" />
    </div>
  );
}
