import { CopyButton } from '@/components/ui/controls/copy-button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';

/** A value to copy. */
export function Copied({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex items-end gap-1.5">
      <Field label={label} className="flex-1">
        <Input
          readOnly
          value={value}
          className="font-mono text-xs"
          onFocus={(event) => event.currentTarget.select()}
        />
      </Field>
      <CopyButton text={value} label={`Copy ${label.toLowerCase()}`} className="mb-1" />
    </div>
  );
}
