'use client';

import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type * as Y from 'yjs';
import type { FieldCarets } from '@/components/realtime/carets';
import { type Describe, referenceChips } from './chips';
import type { FieldComments } from './comment-ranges';
import { baseExtensions, type EditorOptions, localHistory, sharedExtensions } from './extensions';
import { editorIn, forgetEditor, registerEditor, rememberEditor } from './insert-reference';
import { caretPlaces } from './remote-carets';
import { frameClass, frameStyle, takesFocus } from './text-editor-frame';

type Common = Omit<EditorOptions, 'readOnly'> & {
  readOnly?: boolean;
  invalid?: boolean;
  minHeight?: number;
  maxHeight?: number;
  onFocus?: () => void;
  onBlur?: () => void;
  /** People read the text: a list that is picked comes as a table. */
  tables?: boolean;
  /** Shows the references that it knows as chips. */
  describe?: Describe;
};
type Shared = Common & {
  text: Y.Text;
  undo?: Y.UndoManager;
  carets?: FieldCarets;
  comments?: FieldComments;
};
type Local = Common & { value: string; onChange: (value: string) => void };
export type TextEditorProps = Shared | Local;

function useEditor(props: TextEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const text = 'text' in props ? props.text : undefined;
  const undo = 'text' in props ? props.undo : undefined;
  const carets = 'text' in props ? props.carets : undefined;
  const comments = 'text' in props ? props.comments : undefined;
  const { language, label, placeholder, singleLine, readOnly = false } = props;

  useEffect(() => {
    if (!host.current) return undefined;
    const now = latest.current;
    const view = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: text ? text.toString() : 'value' in now ? now.value : '',
        extensions: [
          text ? sharedExtensions(text, undo, carets, comments) : localHistory,
          baseExtensions({
            language,
            label,
            readOnly,
            ...(placeholder ? { placeholder } : {}),
            ...(singleLine ? { singleLine } : {}),
            ...(now.suggest
              ? {
                  suggest: (expression, position) =>
                    latest.current.suggest?.(expression, position) ?? { from: position, items: [] },
                }
              : {}),
          }),
          now.describe
            ? referenceChips(
                language,
                (expression) => latest.current.describe?.(expression),
                text && carets ? () => caretPlaces(text, carets) : undefined,
              )
            : [],
          EditorView.updateListener.of((update) => {
            if (update.focusChanged) {
              if (update.view.hasFocus) {
                rememberEditor(update.view, language, latest.current.tables);
                latest.current.onFocus?.();
              } else latest.current.onBlur?.();
            }
            const current = latest.current;
            if (update.docChanged && 'onChange' in current) {
              current.onChange(update.state.doc.toString());
            }
          }),
        ],
      }),
    });
    registerEditor(view);
    if (takesFocus(label)) view.focus();
    return () => {
      forgetEditor(view);
      view.destroy();
    };
  }, [text, undo, carets, comments, language, label, placeholder, singleLine, readOnly]);

  const value = 'value' in props ? props.value : undefined;
  useEffect(() => {
    const view = editorIn(host.current);
    if (!view || value === undefined || view.state.doc.toString() === value) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } });
  }, [value]);
  return host;
}

/** See `TextEditor`. */
export function TextEditorBody(props: TextEditorProps) {
  const host = useEditor(props);
  return (
    <div
      ref={host}
      data-invalid={props.invalid || undefined}
      data-shortcuts="off"
      style={frameStyle(props)}
      className={frameClass(props)}
    />
  );
}
