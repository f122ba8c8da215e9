'use client';

import { useLayoutEffect, useRef } from 'react';
import { later } from '@/components/ui/later';
import type { TextEditorProps } from './text-editor-body';
import { frameClass, frameStyle, handFocus } from './text-editor-frame';

/**
 * A text field on CodeMirror. With `text` it edits a shared `Y.Text` character by character, with
 * others' carets; with `value` and `onChange` it is an ordinary controlled field.
 */
export const TextEditor = later<TextEditorProps>(
  () => import('./text-editor-body').then((found) => found.TextEditorBody),
  Fallback,
);

/** The text in its element until the editor has come, which takes the focus over. */
function Fallback(props: TextEditorProps) {
  const content = useRef<HTMLDivElement>(null);
  const { label } = props;
  useLayoutEffect(() => {
    const element = content.current;
    return () => {
      if (element && element === document.activeElement) handFocus(label);
    };
  }, [label]);
  return (
    <div data-shortcuts="off" style={frameStyle(props)} className={frameClass(props)}>
      <div
        ref={content}
        tabIndex={-1}
        className="cm-content px-2 py-[7px] text-sm whitespace-pre-wrap wrap-anywhere outline-none"
      >
        {('text' in props ? props.text.toString() : props.value) || '\u200b'}
      </div>
    </div>
  );
}
