'use client';

import { cn } from '../cn';

type Props<Value extends string> = {
  value: Value;
  options: readonly { value: Value; label: string }[];
  onValueChange: (value: Value) => void;
  disabled?: boolean;
  id?: string;
  'aria-label': string;
  'aria-describedby'?: string | undefined;
};

/** One of a few choices that all show; the arrow keys go from one to the next. */
export function Segments<Value extends string>({
  value,
  options,
  onValueChange,
  disabled,
  ...aria
}: Props<Value>) {
  const name = `segments-${aria.id ?? aria['aria-label']}`;
  return (
    <div
      role="radiogroup"
      {...aria}
      className="flex h-8 w-full rounded-md border bg-raised p-0.5 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent"
    >
      {options.map((option) => (
        <label
          key={option.value}
          className={cn(
            'flex min-w-0 flex-1 cursor-pointer items-center justify-center rounded-sm px-2 text-xs font-medium',
            option.value === value ? 'bg-bg text-fg shadow-sm' : 'text-muted hover:text-fg',
            disabled && 'cursor-default opacity-60',
          )}
        >
          <input
            type="radio"
            className="sr-only"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={disabled}
            onChange={() => onValueChange(option.value)}
          />
          <span className="truncate">{option.label}</span>
        </label>
      ))}
    </div>
  );
}
