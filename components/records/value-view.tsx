'use client';

import { ListTree, Table2 } from 'lucide-react';
import { type ComponentProps, useMemo, useState } from 'react';
import { IconButton } from '@/components/ui/controls/icon-button';
import { JsonView } from '@/components/ui/display/json-view';
import { recordsIn } from '@/lib/values/records';
import { isRecord } from '@/lib/values/unknown';
import { RecordsTable } from './records-table';

/** A value as data: rows as a table, with a switch to the tree; all else as a tree. */
export function ValueView(props: ComponentProps<typeof JsonView>) {
  const { value, label = 'Value' } = props;
  const records = useMemo(() => recordsIn(value), [value]);
  const [tree, setTree] = useState(false);
  if (!records) return <JsonView {...props} />;
  const others = othersIn(value, records.field);
  return (
    <div className="space-y-1.5">
      <div className="flex items-center gap-1">
        {records.field === undefined ? null : (
          <span className="mr-auto font-mono text-xs text-muted">{records.field}</span>
        )}
        <fieldset aria-label="Show as" className="ml-auto flex">
          <IconButton
            label="Show as table"
            size="sm"
            aria-pressed={!tree}
            onClick={() => setTree(false)}
          >
            <Table2 />
          </IconButton>
          <IconButton
            label="Show as tree"
            size="sm"
            aria-pressed={tree}
            onClick={() => setTree(true)}
          >
            <ListTree />
          </IconButton>
        </fieldset>
      </div>
      {tree ? (
        <JsonView {...props} />
      ) : (
        <>
          <RecordsTable records={records} label={label} />
          {others === undefined ? null : (
            <JsonView value={others} label={`${label}, other fields`} openDepth={1} />
          )}
        </>
      )}
    </div>
  );
}

/** What an output has beside its rows, without what the table says itself. */
function othersIn(value: unknown, field: string | undefined): unknown {
  if (field === undefined || !isRecord(value)) return undefined;
  const rows = value[field];
  const others = Object.entries(value).filter(
    ([name, other]) =>
      name !== field && name !== 'rowCount' && name !== 'columns' && other !== rows,
  );
  return others.length === 0 ? undefined : Object.fromEntries(others);
}
