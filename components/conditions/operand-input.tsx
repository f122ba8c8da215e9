'use client';

import { useState } from 'react';
import { TextEditor } from '@/components/text-editor/text-editor';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import type { Operand } from '@/lib/expressions/conditions/conditions';
import type { Entry } from './entry';
import { guessed, type Kind, kinds, ofKind, shownText } from './operand-kinds';

type Props = {
  label: string;
  operand: Operand | undefined;
  list: boolean;
  entry: Entry;
  onChange: (operand: Operand) => void;
};

/** What a value is compared with: its kind follows what is typed until somebody chooses one. */
export function OperandInput({ label, operand, list, entry, onChange }: Props) {
  const [chosen, setChosen] = useState<Kind>();
  const kind: Kind = list ? 'list' : (chosen ?? operand?.kind ?? 'text');
  const text = operand === undefined ? '' : shownText(operand);
  /** Gives what is typed on as a value, and says how that reads. */
  const write = (typed: string): string => {
    const free = chosen === undefined && kind !== 'expression' && kind !== 'boolean';
    const next = !list && free ? guessed(typed) : ofKind(kind, typed);
    onChange(next);
    return shownText(next);
  };
  return (
    <div className="flex min-w-56 flex-2 items-start gap-1.5">
      <div className="min-w-0 flex-1">
        {kind === 'expression' ? (
          <TextEditor
            language="expression"
            singleLine
            label={`${label}: compared with`}
            placeholder="steps.name.output"
            value={text}
            readOnly={entry.readOnly}
            invalid={false}
            minHeight={0}
            onChange={write}
            {...(entry.suggest ? { suggest: entry.suggest } : {})}
          />
        ) : kind === 'boolean' ? (
          <Select
            size="sm"
            aria-label={`${label}: compared with`}
            value={text}
            disabled={entry.readOnly}
            options={[
              { value: 'true', label: 'true' },
              { value: 'false', label: 'false' },
            ]}
            onValueChange={write}
          />
        ) : (
          <Typed
            readOnly={entry.readOnly}
            label={`${label}: compared with`}
            kind={kind}
            text={text}
            onType={write}
          />
        )}
      </div>
      {list ? null : (
        <Select
          size="sm"
          aria-label={`${label}: kind of value`}
          className="w-28"
          value={kind}
          disabled={entry.readOnly}
          options={kinds}
          onValueChange={(next) => {
            const known = kinds.find(({ value }) => value === next)?.value;
            if (known === undefined) return;
            setChosen(known);
            onChange(ofKind(known, text));
          }}
        />
      )}
    </div>
  );
}

type TypedProps = {
  label: string;
  kind: Kind;
  text: string;
  readOnly: boolean;
  onType: (text: string) => string;
};

/** Keeps what is being typed, which may be no number yet, and takes over what comes from elsewhere. */
function Typed({ label, kind, text, readOnly, onType }: TypedProps) {
  const [typed, setTyped] = useState({ shown: text, gave: text });
  const shown = typed.gave === text ? typed.shown : text;
  return (
    <Input
      fieldSize="sm"
      aria-label={label}
      inputMode={kind === 'number' ? 'decimal' : undefined}
      placeholder={kind === 'list' ? 'a, b, c' : 'Value'}
      value={shown}
      readOnly={readOnly}
      onChange={({ target }) => setTyped({ shown: target.value, gave: onType(target.value) })}
    />
  );
}
