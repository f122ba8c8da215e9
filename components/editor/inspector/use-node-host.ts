'use client';

import { createElement, useMemo } from 'react';
import { fieldCommentsOf } from '@/components/comments/field-comments';
import { describeFor } from '@/components/expressions/describe';
import { liveValue } from '@/components/expressions/live-value';
import { columnsOf, inputOf, namesFor } from '@/components/expressions/names';
import type { FieldPath, FormHost } from '@/components/form/host';
import { FieldAuthor } from '@/components/history/field-author';
import { LostHere } from '@/components/presence/lost-values';
import { caretsOf, type FieldCarets } from '@/components/realtime/carets';
import {
  useCanEdit,
  useGraph,
  useNodeProblems,
  useNodeToDos,
  useSession,
} from '@/components/session/session';
import { touch } from '@/components/session/state/to-do';
import { useCan } from '@/components/shell/actor-context';
import type { FieldComments } from '@/components/text-editor/comment-ranges';
import type { Suggest } from '@/components/text-editor/completion';
import { suggestions } from '@/components/text-editor/suggest';
import { afterPress } from '@/components/ui/after-press';
import { declaredInputs } from '@/lib/workflows/declared-inputs';
import { type Json, type JsonObject, toJson } from '@/lib/workflows/draft/draft-value';
import {
  addRow,
  moveRow,
  removeRow,
  setField,
  setFields,
  textOf,
} from '@/lib/workflows/edits/edits';

type Writer = Omit<FormHost, 'readOnly' | 'problems' | 'toDo'>;

/** A form that edits one node of the shared document. Its parts keep their identity for the node's life. */
export function useNodeHost(nodeId: string): FormHost {
  const session = useSession();
  const canEdit = useCanEdit();
  const mayComment = useCan('workflows.comment');
  const problems = useNodeProblems(nodeId);
  const stepType = useGraph((graph) => graph.nodes.get(nodeId)?.type);
  const toDo = useNodeToDos(nodeId);
  const writer = useMemo<Writer>(() => {
    const { draft, undo, presence } = session.copy;
    const carets = new Map<string, FieldCarets>();
    const comments = new Map<string, FieldComments>();
    /** The field that has the focus: once it is left, what it lacks is a problem. */
    let left: string | undefined;
    const suggest: Suggest = (expression, _position, tables) =>
      suggestions(expression, namesFor(session, nodeId), tables);
    return {
      workflowId: session.workflowId,
      formId: `${session.workflowId}:${nodeId}`,
      undo,
      suggest,
      settingNow: (name) => session.graph.get().nodes.get(nodeId)?.config[name],
      columns: (setting) => columnsOf(session, nodeId, setting),
      describe: describeFor(session, nodeId),
      async live(text, as) {
        const from = inputOf(session).from === 'sample' ? 'sample' : 'run';
        const result = await liveValue(text, as, namesFor(session, nodeId));
        if (result === undefined) return undefined;
        const value = result.ok ? String(result.value) : '';
        // An empty sample stands for anything.
        if (from === 'sample' && ['{}', '[]', 'null'].includes(value)) return undefined;
        if (result.ok) return { from, value };
        // Of samples, and of names that only a part of the step knows, an error says nothing.
        const known = !result.error.message.startsWith('There is no value named');
        return from === 'run' && known
          ? { from, value: '', problem: result.error.message }
          : undefined;
      },
      fileInputs: () =>
        (declaredInputs(session.graph.get().nodes.values()) ?? [])
          .filter(({ type }) => type === 'file')
          .map(({ name }) => name),
      set: (path, value) => setField(draft, nodeId, path, value as Json | undefined),
      setAll: (values) => {
        const entries = Object.entries(values).map(([name, value]): [string, Json | undefined] => [
          name,
          toJson(value),
        ]);
        setFields(draft, nodeId, Object.fromEntries(entries));
      },
      addRow: (field, row) => {
        const id = `r${crypto.randomUUID().slice(0, 8)}`;
        addRow(draft, nodeId, field, { ...(row as JsonObject), id });
      },
      removeRow: (field, rowId) => removeRow(draft, nodeId, field, rowId),
      moveRow: (field, rowId, by) => moveRow(draft, nodeId, field, rowId, by),
      text: (path) => textOf(draft, nodeId, path),
      carets: (path) => {
        const field = path.join('.');
        const known = carets.get(field) ?? caretsOf(presence, nodeId, field);
        carets.set(field, known);
        return known;
      },
      comments: (path) => {
        const field = path.join('.');
        const known = comments.get(field) ?? fieldCommentsOf(session, nodeId, field, mayComment);
        comments.set(field, known);
        return known;
      },
      aside: (path) => createElement(LostHere, { nodeId, path: ['config', ...path] }),
      author: (path) => createElement(FieldAuthor, { nodeId, path }),
      onFocus: (path: FieldPath | undefined) => {
        const field = left;
        if (path === undefined && field !== undefined)
          afterPress(() => touch(session.local, nodeId, field));
        left = path === undefined ? undefined : String(path[0]);
        presence.set({ focus: path ? { nodeId, field: path.join('.') } : { nodeId } });
      },
    };
  }, [session, nodeId, mayComment]);
  return useMemo(
    () => ({
      ...writer,
      ...(stepType === undefined ? {} : { stepType }),
      readOnly: !canEdit,
      problems,
      toDo,
    }),
    [writer, stepType, canEdit, problems, toDo],
  );
}
