'use client';

import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from '../cn';
import { fieldStyles } from './input';

export type SelectOption = {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
};
export type SelectGroup = { label: string; options: SelectOption[] };

type Props = {
  value: string | undefined;
  onValueChange: (value: string) => void;
  options?: SelectOption[];
  groups?: SelectGroup[];
  placeholder?: string;
  size?: 'sm' | 'md';
  disabled?: boolean;
  id?: string;
  className?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
};

/** Chooses one of a list. Option values must not be empty. */
export function Select({
  value,
  onValueChange,
  options,
  groups,
  placeholder = 'Choose…',
  size = 'md',
  disabled,
  className,
  ...rest
}: Props) {
  return (
    // An empty value is nothing chosen; without one, Radix would keep a value of its own.
    <Radix.Root value={value ?? ''} onValueChange={onValueChange} disabled={disabled}>
      <Radix.Trigger
        className={cn(
          fieldStyles,
          'inline-flex items-center justify-between gap-2 text-left data-placeholder:text-faint',
          size === 'sm' ? 'h-7 px-2 text-xs' : 'h-8 px-2.5',
          className,
        )}
        {...rest}
      >
        <span className="min-w-0 truncate">
          <Radix.Value placeholder={placeholder} />
        </span>
        <ChevronDown className="size-3.5 shrink-0 text-faint" aria-hidden />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-[min(22rem,var(--radix-select-content-available-height))] min-w-(--radix-select-trigger-width) animate-in overflow-hidden rounded-lg border border-border-strong bg-raised shadow-pop"
        >
          <Radix.Viewport className="p-1">
            {options?.map((option) => (
              <Option key={option.value} option={option} />
            ))}
            {groups?.map((group) => (
              <Radix.Group key={group.label}>
                <Radix.Label className="px-2 pt-2 pb-1 text-2xs font-medium text-faint">
                  {group.label}
                </Radix.Label>
                {group.options.map((option) => (
                  <Option key={option.value} option={option} />
                ))}
              </Radix.Group>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Option({ option }: { option: SelectOption }) {
  return (
    <Radix.Item
      value={option.value}
      disabled={option.disabled}
      className="relative flex h-7 items-center gap-3 rounded-md pr-2 pl-7 text-sm outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover"
    >
      <Radix.ItemIndicator className="absolute left-2">
        <Check className="size-3.5" aria-hidden />
      </Radix.ItemIndicator>
      <Radix.ItemText>{option.label}</Radix.ItemText>
      {option.hint ? (
        <span className="ml-auto text-xs text-faint tabular">{option.hint}</span>
      ) : null}
    </Radix.Item>
  );
}
