'use client';

import { Plus, X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { cn } from '../cn';
import { fieldStyles } from './input';

type Props = {
  values: readonly string[];
  /** What others use, to be chosen with a click. */
  suggestions: readonly string[];
  onAdd: (value: string) => void;
  onRemove: (value: string) => void;
  /** A text as it is kept, or what is wrong with it. */
  read: (text: string) => { value: string } | { problem: string };
  disabled?: boolean;
  placeholder?: string;
  id?: string;
  'aria-label': string;
  'aria-describedby'?: string | undefined;
};

const maxSuggested = 6;

/** Short texts as chips: Enter or a comma adds one, Backspace in the empty field takes the last one away. */
export function ChipInput({
  values,
  suggestions,
  onAdd,
  onRemove,
  read,
  disabled,
  placeholder,
  ...aria
}: Props) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const add = (given: string) => {
    if (given.trim() === '') return;
    const done = read(given);
    if ('problem' in done) return setProblem(done.problem);
    if (!values.includes(done.value)) onAdd(done.value);
    setText('');
    setProblem(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault();
      add(text);
    }
    const last = values.at(-1);
    if (event.key === 'Backspace' && text === '' && last !== undefined) onRemove(last);
  };
  const words = text.trim().toLowerCase();
  const offered = suggestions
    .filter((each) => !values.includes(each) && each.toLowerCase().includes(words))
    .slice(0, maxSuggested);
  return (
    <div className="space-y-1.5">
      <div
        className={cn(
          fieldStyles,
          'flex min-h-8 flex-wrap items-center gap-1 px-1.5 py-1 focus-within:outline-2 focus-within:outline-accent',
          disabled && 'opacity-60',
        )}
      >
        {values.map((value) => (
          <span
            key={value}
            className="inline-flex h-6 max-w-full items-center gap-1 rounded-sm bg-accent-soft pr-0.5 pl-2 text-xs font-medium text-accent"
          >
            <span className="truncate">{value}</span>
            {disabled ? (
              <span className="w-1" />
            ) : (
              <button
                type="button"
                aria-label={`Remove ${value}`}
                className="flex size-5 items-center justify-center rounded-sm hover:bg-hover"
                onClick={() => onRemove(value)}
              >
                <X className="size-3" aria-hidden />
              </button>
            )}
          </span>
        ))}
        {disabled ? null : (
          <input
            {...aria}
            aria-invalid={problem === undefined ? undefined : true}
            value={text}
            maxLength={60}
            placeholder={values.length === 0 ? placeholder : undefined}
            className="h-6 min-w-24 flex-1 bg-transparent px-1 text-sm outline-none placeholder:text-faint"
            onChange={(event) => {
              setText(event.target.value);
              setProblem(undefined);
            }}
            onKeyDown={onKeyDown}
            onBlur={() => add(text)}
          />
        )}
      </div>
      {problem === undefined ? null : (
        <p role="alert" className="text-xs text-danger">
          {problem}
        </p>
      )}
      {disabled || offered.length === 0 ? null : (
        <ul aria-label={`Suggestions for ${aria['aria-label']}`} className="flex flex-wrap gap-1">
          {offered.map((each) => (
            <li key={each}>
              <button
                type="button"
                className="inline-flex h-6 items-center gap-1 rounded-sm border border-dashed px-1.5 text-xs text-muted hover:bg-hover hover:text-fg"
                // The field keeps what is typed until then.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => add(each)}
              >
                <Plus className="size-3" aria-hidden />
                {each}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
