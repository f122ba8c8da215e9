'use client';

import { TextEditor } from '@/components/text-editor/text-editor';
import { Select } from '@/components/ui/controls/select';
import { type Operator, operators, type Row } from '@/lib/expressions/conditions/conditions';
import { keysOf } from '@/lib/values/keys-of';
import type { Entry } from './entry';
import { OperandInput } from './operand-input';

const choices = keysOf(operators).map((value) => ({ value, label: operators[value].label }));
const isOperator = (text: string): text is Operator => Object.hasOwn(operators, text);

type Props = { label: string; row: Row; entry: Entry; onChange: (row: Row) => void };

/** One comparison: a value, how it is compared, and with what. */
export function ConditionRow({ label, row, entry, onChange }: Props) {
  const { takes } = operators[row.operator];
  const choose = (chosen: string) => {
    if (!isOperator(chosen)) return;
    const { takes: next } = operators[chosen];
    const { right, ...rest } = row;
    const keep =
      next !== 'nothing' && right !== undefined && (right.kind === 'list') === (next === 'list');
    onChange({ ...rest, operator: chosen, ...(keep ? { right } : {}) });
  };
  return (
    <div className="flex flex-col gap-1.5 rounded-md border bg-bg p-2">
      <TextEditor
        language="expression"
        singleLine
        label={`${label}: value`}
        placeholder={entry.example ?? 'Value, such as input.amount'}
        value={row.left}
        readOnly={entry.readOnly}
        invalid={false}
        minHeight={0}
        onChange={(left) => onChange({ ...row, left })}
        {...(entry.suggest ? { suggest: entry.suggest } : {})}
      />
      <div className="flex flex-wrap items-start gap-1.5">
        <Select
          size="sm"
          aria-label={`${label}: comparison`}
          className="min-w-36 flex-1"
          value={row.operator}
          disabled={entry.readOnly}
          options={choices}
          onValueChange={choose}
        />
        {takes === 'nothing' ? null : (
          <OperandInput
            label={label}
            operand={row.right}
            entry={entry}
            list={takes === 'list'}
            onChange={(right) => onChange({ ...row, right })}
          />
        )}
      </div>
    </div>
  );
}
