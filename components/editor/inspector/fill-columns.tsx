'use client';

import { Columns3 } from 'lucide-react';
import { useTables } from '@/components/data/table-queries';
import { namesFor } from '@/components/expressions/names';
import { useCanEdit, useSession } from '@/components/session/session';
import { suggestions } from '@/components/text-editor/suggest';
import { Button } from '@/components/ui/controls/button';
import type { DraftNode } from '@/lib/canvas/graph';
import { fillColumns } from '@/lib/data-tables/fill-columns';
import { addRow } from '@/lib/workflows/edits/edits';

/** Where a step writes one row and says no values yet: a row for each column, filled from values of the same name. */
export function FillColumns({ node }: { node: DraftNode }) {
  const session = useSession();
  const canEdit = useCanEdit();
  const { table: named, source, values } = node.config;
  const empty = source !== 'list' && !(Array.isArray(values) && values.length > 0);
  const wanted = canEdit && empty && typeof named === 'string' && named !== '';
  const columns = useTables(wanted).data?.items.find(({ name }) => name === named)?.columns;
  if (!wanted || columns === undefined || columns.length === 0) return null;
  const fill = () => {
    const { draft } = session.copy;
    const paths = suggestions('', namesFor(session, node.id)).items.flatMap(
      ({ kind, insert, label }) =>
        kind === 'property' && label.includes('.') ? [insert ?? label] : [],
    );
    const rows = fillColumns(
      columns.map(({ name }) => name),
      paths,
    );
    draft.doc.transact(() => {
      for (const row of rows)
        addRow(draft, node.id, 'values', { ...row, id: `r${crypto.randomUUID().slice(0, 8)}` });
    }, draft.origin);
  };
  return (
    <Button size="sm" className="self-start" onClick={fill}>
      <Columns3 aria-hidden /> Fill in{' '}
      {columns.length === 1 ? 'the column' : `all ${columns.length} columns`}
    </Button>
  );
}
