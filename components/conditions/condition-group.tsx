'use client';

import { Plus, X } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Select } from '@/components/ui/controls/select';
import {
  type Conditions,
  isGroup,
  type Join,
  type Row,
} from '@/lib/expressions/conditions/conditions';
import { ConditionRow } from './condition-row';
import type { Entry } from './entry';

/** Groups may stand so deep inside each other. */
const maxDepth = 2;
const joins = [
  { value: 'and', label: 'All of these' },
  { value: 'or', label: 'Any of these' },
];

type Props = {
  label: string;
  conditions: Conditions;
  onChange: (conditions: Conditions) => void;
  depth: number;
  entry: Entry;
};

/** Rows of which all or one must hold, and groups of rows inside. */
export function ConditionGroup({ label, conditions, onChange, depth, entry }: Props) {
  const { readOnly } = entry;
  const { join, rows } = conditions;
  const put = (index: number, part: Row | Conditions) =>
    onChange({ join, rows: rows.with(index, part) });
  const add = (part: Row | Conditions) => onChange({ join, rows: [...rows, part] });
  const remove = (index: number) => onChange({ join, rows: rows.toSpliced(index, 1) });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a column everywhere
    <div
      role="group"
      aria-label={label}
      className={cn('flex flex-col gap-2', depth > 0 && 'border-l-2 pl-2.5')}
    >
      {rows.length > 1 ? (
        <Select
          size="sm"
          aria-label={`${label}: all or any`}
          className="w-36 self-start"
          value={join}
          disabled={readOnly}
          options={joins}
          onValueChange={(chosen) => onChange(joined(conditions, chosen === 'or' ? 'or' : 'and'))}
        />
      ) : null}
      {rows.map((part, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have nothing else to be told apart by
          key={index}
          className="flex items-start gap-1"
        >
          <div className="min-w-0 flex-1">
            {isGroup(part) ? (
              <ConditionGroup
                label={`${label}, group ${index + 1}`}
                conditions={part}
                onChange={(changed) => put(index, changed)}
                depth={depth + 1}
                entry={entry}
              />
            ) : (
              <ConditionRow
                label={`${label}, row ${index + 1}`}
                row={part}
                entry={entry}
                onChange={(changed) => put(index, changed)}
              />
            )}
          </div>
          {readOnly || (rows.length === 1 && depth === 0) ? null : (
            <IconButton
              size="sm"
              label={`Remove ${isGroup(part) ? 'group' : 'row'} ${index + 1}`}
              onClick={() => remove(index)}
            >
              <X className="!size-3.5" />
            </IconButton>
          )}
        </div>
      ))}
      {readOnly ? null : (
        <div className="flex gap-1">
          <Button size="sm" variant="ghost" onClick={() => add({ left: '', operator: 'is' })}>
            <Plus aria-hidden /> Add row
          </Button>
          {depth < maxDepth && rows.length > 0 ? (
            <Button
              size="sm"
              variant="ghost"
              onClick={() =>
                add({ join: join === 'and' ? 'or' : 'and', rows: [{ left: '', operator: 'is' }] })
              }
            >
              <Plus aria-hidden /> Add group
            </Button>
          ) : null}
        </div>
      )}
    </div>
  );
}

/** The same rows under the other join; groups inside change with it, since one of the same join would melt into it. */
function joined({ join, rows }: Conditions, next: Join): Conditions {
  if (join === next) return { join, rows };
  const other: Join = next === 'and' ? 'or' : 'and';
  return { join: next, rows: rows.map((part) => (isGroup(part) ? joined(part, other) : part)) };
}
