import { RangeSetBuilder } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import { type TextLanguage, tokenize } from './tokenize';

/** Above this many characters a text is shown plain: highlighting would cost more than a frame. */
const longest = 50_000;

function decorate(view: EditorView, language: TextLanguage): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  if (view.state.doc.length > longest) return builder.finish();
  for (const token of tokenize(view.state.doc.toString(), language)) {
    if (token.to > token.from) {
      builder.add(token.from, token.to, Decoration.mark({ class: `cm-token-${token.kind}` }));
    }
  }
  return builder.finish();
}

/** Colours templates, CEL expressions and JSON. */
export function highlight(language: TextLanguage) {
  return ViewPlugin.define(
    (view) => {
      const plugin = {
        decorations: decorate(view, language),
        update(update: ViewUpdate) {
          if (update.docChanged) plugin.decorations = decorate(update.view, language);
        },
      };
      return plugin;
    },
    { decorations: (plugin) => plugin.decorations },
  );
}
