'use client';

import { useMemo } from 'react';
import * as Y from 'yjs';
import { caretsOf, workflowFocus } from '@/components/realtime/carets';
import { useCanEdit, useGraph, useSession } from '@/components/session/session';
import { TextEditor } from '@/components/text-editor/text-editor';
import { draftParts } from '@/lib/workflows/draft/draft';
import { setMeta } from '@/lib/workflows/edits/edits';

const field = 'description';

/** What the workflow is for: a text that several people write at once. */
export function WorkflowDescription() {
  const { copy, tell } = useSession();
  const canEdit = useCanEdit();
  const value = useGraph((graph) => graph.description);
  const carets = useMemo(() => caretsOf(copy.presence, workflowFocus, field), [copy]);
  const text = draftParts(copy.doc).meta.get(field);
  const common = {
    language: 'plain',
    label: 'Description',
    minHeight: 84,
    maxHeight: 240,
    readOnly: !canEdit,
    onBlur: () => tell({ focus: undefined }),
  } as const;
  if (text instanceof Y.Text) {
    return (
      <TextEditor
        {...common}
        text={text}
        undo={copy.undo}
        carets={carets}
        onFocus={() => tell({ focus: { nodeId: workflowFocus, field } })}
      />
    );
  }
  // A draft of before: the first letter makes it a shared text.
  return (
    <TextEditor
      {...common}
      value={value}
      onChange={(description) => setMeta(copy.draft, { description })}
    />
  );
}
