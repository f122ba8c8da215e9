import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { markdown } from '@codemirror/lang-markdown';
import { bracketMatching } from '@codemirror/language';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, dropCursor, EditorView, keymap, placeholder } from '@codemirror/view';
import { yCollab, yUndoManagerKeymap } from 'y-codemirror.next';
import type * as Y from 'yjs';
import type { FieldCarets } from '@/components/realtime/carets';
import { commentRanges, type FieldComments } from './comment-ranges';
import { closeHoles, expressionCompletion, offerWhenEmpty, type Suggest } from './completion';
import { highlight } from './highlight';
import { dropReference } from './insert-reference';
import { remoteCarets } from './remote-carets';
import { editorTheme } from './theme';
import type { TextLanguage } from './tokenize';

export type EditorOptions = {
  language: TextLanguage;
  label: string;
  placeholder?: string;
  /** One line: Enter does nothing, pasted line breaks become spaces. */
  singleLine?: boolean;
  readOnly: boolean;
  suggest?: Suggest;
};

const oneLine = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.newDoc.lines <= 1) return transaction;
  // Lines that came from others stay: only one's own typing is held to a single line.
  return transaction.isUserEvent('input') ? [] : transaction;
});

/** What every text of the product has: look, keys, highlighting, completion. */
export function baseExtensions(options: EditorOptions): Extension[] {
  const { language } = options;
  return [
    editorTheme,
    drawSelection(),
    EditorView.lineWrapping,
    bracketMatching(),
    highlight(language),
    options.readOnly ? [] : dropCursor(),
    EditorView.domEventHandlers({ drop: (event, view) => dropReference(event, view, language) }),
    language === 'json' ? [json(), closeBrackets()] : [],
    language === 'expression' || language === 'javascript' ? closeBrackets() : [],
    language === 'template' ? [markdown(), closeHoles] : [],
    options.suggest ? expressionCompletion(language, options.suggest) : [],
    options.suggest && language === 'expression' && !options.readOnly ? offerWhenEmpty : [],
    options.singleLine ? oneLine : [],
    options.placeholder ? placeholder(options.placeholder) : [],
    EditorState.readOnly.of(options.readOnly),
    EditorView.editable.of(!options.readOnly),
    EditorView.contentAttributes.of({
      'aria-label': options.label,
      spellcheck: language === 'template' ? 'true' : 'false',
      // What scrolls must be reachable by keyboard, and say so.
      tabindex: '0',
    }),
    // Tab leaves the field (it is the browser's), except in JSON and code, where Escape and then Tab leaves.
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...defaultKeymap.filter((binding) => binding.key !== 'Mod-Enter'),
      ...(language === 'json' || language === 'javascript' ? [indentWithTab] : []),
    ]),
  ];
}

/** Binds an editor to a shared text: others' typing and carets appear, undo is this person's own. */
export function sharedExtensions(
  text: Y.Text,
  undo: Y.UndoManager | undefined,
  carets: FieldCarets | undefined,
  comments?: FieldComments,
): Extension[] {
  return [
    yCollab(text, null, { undoManager: undo ?? false }),
    undo ? keymap.of(yUndoManagerKeymap) : [],
    carets ? remoteCarets(text, carets) : [],
    comments ? commentRanges(text, comments) : [],
  ];
}

/** Undo for a text that is not shared. */
export const localHistory: Extension = [history(), keymap.of(historyKeymap)];
