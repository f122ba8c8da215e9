'use client';

import { Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { useAddRows, useCreateTable } from '@/components/data/table-queries';
import { Button } from '@/components/ui/controls/button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { plural } from '@/components/ui/format';
import type { DataTable } from '@/lib/data-tables/contract';
import { type ImportedTable, tableOfCsv } from '@/lib/data-tables/csv';
import { maxRowsAtOnce } from '@/lib/data-tables/schema';
import { readTextFile } from '@/lib/files/read-text-file';
import { cleanName } from '@/lib/names/name-problem';

const maxBytes = 8 * 1_048_576;
/** Rows of one request: far below what a request may weigh, also where they are long. */
const together = maxRowsAtOnce / 2;

type Props = {
  /** Where rows are added; without it the file becomes a table of its own. */
  table?: DataTable;
  onDone?: (table: DataTable) => void;
};

/** Reads a CSV file in this browser and adds its rows. */
export function ImportCsv({ table, onDone }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const create = useCreateTable();
  const add = useAddRows();
  const take = async (file: File) => {
    setBusy(true);
    let done = 0;
    try {
      const read = await importedFrom(file);
      const name = cleanName(file.name.replace(/\.[^.]*$/, '')).slice(0, 100);
      const target = table ?? (await create.mutateAsync({ name, columns: read.columns }));
      for (let first = 0; first < read.rows.length; first += together) {
        const rows = read.rows.slice(first, first + together);
        await add.mutateAsync({ id: target.id, rows });
        done += rows.length;
      }
      toast.success(`${plural(done, 'row')} imported into ${target.name}`);
      onDone?.(target);
    } catch (error) {
      const some =
        done > 0 ? `Only the first ${plural(done, 'row')} were imported` : 'Nothing was imported';
      toastError(some, error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button size="sm" loading={busy} onClick={() => input.current?.click()}>
        <Upload aria-hidden /> Import CSV
      </Button>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,text/csv"
        aria-label="CSV file"
        className="hidden"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) void take(file);
        }}
      />
    </>
  );
}

async function importedFrom(file: File): Promise<ImportedTable> {
  if (file.size > maxBytes) throw new Error('The file is larger than 8 MB.');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const read = readTextFile(
    { name: 'file.txt', mediaType: 'text/plain', bytes },
    { format: 'text' },
  );
  if (!read.ok) throw new Error(read.problem);
  const table = 'text' in read.content ? tableOfCsv(read.content.text) : undefined;
  if (table === undefined || 'problem' in table) {
    throw new Error(table?.problem ?? 'The file is no table.');
  }
  return table;
}
