'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type * as Y from 'yjs';
import type { FieldCarets } from '@/components/realtime/carets';
import type { Describe } from '@/components/text-editor/chips';
import type { FieldComments } from '@/components/text-editor/comment-ranges';
import type { Suggest } from '@/components/text-editor/completion';
import type { Problem } from '@/lib/workflows/schema';

/** Where a field is; rows are named by their id. */
export type FieldPath = readonly (string | number)[];

/** What a text gives: its value as people see it, or why there is none. `run`: with values of a run. */
export type LiveResult = { from: 'run' | 'sample'; value: string; problem?: string };

/** What a form writes to: a node of the shared document, or an ordinary value. */
export type FormHost = {
  readOnly: boolean;
  /** Undefined takes the field away. */
  set(path: FieldPath, value: unknown): void;
  /** Several fields as one step to undo. */
  setAll?(values: Readonly<Record<string, unknown>>): void;
  addRow(field: string, row: Record<string, unknown>): void;
  removeRow(field: string, rowId: string): void;
  /** Moves a row by places: up below zero, down above. */
  moveRow(field: string, rowId: string, by: number): void;
  /** The shared text of a field; without one the field is edited as an ordinary value. */
  text?(path: FieldPath): Y.Text | undefined;
  carets?(path: FieldPath): FieldCarets;
  /** Comments on parts of a shared text. */
  comments?(path: FieldPath): FieldComments;
  /** Inputs of the run that are files, by name; absent where values of a run mean nothing, as in its start form. */
  fileInputs?(): string[];
  /** The type of step whose settings these are: where the manual explains them. */
  stepType?: string;
  /** The workflow whose step the form is of. */
  workflowId?: string;
  /** Which form it is, the same after a reload; absent where a reload closes it. */
  formId?: string;
  /** What stands below a field, e.g. what somebody else replaced there. */
  aside?(path: FieldPath): ReactNode;
  undo?: Y.UndoManager;
  /** Fields of the rows that a setting names; none where they are not known. */
  columns?(setting: string): string[];
  /** Another setting of the same form as it is now. */
  settingNow?(name: string): unknown;
  /** Completes expressions. */
  suggest?: Suggest;
  /** What people know a reference by: references are shown as that. */
  describe?: Describe;
  /** What a text gives with the values that are known; undefined where nothing can be said. */
  live?(text: string, as: 'expression' | 'template'): Promise<LiveResult | undefined>;
  problems: readonly Problem[];
  /** What is still to be filled in, and is no problem yet. */
  toDo?: readonly Problem[];
  /** Beside a field's name: who last changed it. */
  author?(path: FieldPath): ReactNode;
  /** Called with the field that is being edited, and with undefined when it is left. */
  onFocus?(path: FieldPath | undefined): void;
};

const HostContext = createContext<FormHost | undefined>(undefined);
export const FormHostProvider = HostContext.Provider;

export function useFormHost(): FormHost {
  const host = useContext(HostContext);
  if (!host) throw new Error('useFormHost outside of a form');
  return host;
}

/** Whether a problem is at exactly this field. Rows may be named by index or by id. */
export function isAt(problem: Problem, path: FieldPath, indexed: FieldPath): boolean {
  const at = problem.path;
  if (!at || at.length !== path.length) return false;
  return at.every((part, index) => part === path[index] || part === indexed[index]);
}
