import { type Extension, type Range, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  keymap,
  showTooltip,
  type Tooltip,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import * as Y from 'yjs';
import { commentLimits, type RelativePosition } from '@/lib/comments/schema';

type TextRange = { start: RelativePosition; end: RelativePosition };

/** How a text editor shows the comments on parts of its text, and starts new ones. */
export type FieldComments = {
  ranges(): readonly (TextRange & { id: string; active: boolean })[];
  subscribe(listener: () => void): () => void;
  open(id: string): void;
  /** Absent: this person may not comment. */
  start?(range: TextRange & { quote: string }): void;
};

const rangesChanged = StateEffect.define<null>();

/** Where a range stands in `text` now; undefined when what it was put on is gone. */
function positionsOf(text: Y.Text, range: TextRange) {
  const { doc } = text;
  if (!doc) return undefined;
  const indexOf = (position: RelativePosition) => {
    const relative = Y.createRelativePositionFromJSON(position);
    const at = Y.createAbsolutePositionFromRelativePosition(relative, doc);
    return at?.type === text ? at.index : undefined;
  };
  try {
    const from = indexOf(range.start);
    const to = indexOf(range.end);
    return from === undefined || to === undefined || from >= to ? undefined : { from, to };
  } catch {
    return undefined;
  }
}

function decorate(view: EditorView, text: Y.Text, channel: FieldComments): DecorationSet {
  const marks: Range<Decoration>[] = [];
  for (const range of channel.ranges()) {
    const at = positionsOf(text, range);
    if (!at || at.to > view.state.doc.length) continue;
    const mark = Decoration.mark({
      class: range.active ? 'cm-comment cm-comment-active' : 'cm-comment',
      attributes: { 'data-comment-range': range.id },
    });
    marks.push(mark.range(at.from, at.to));
  }
  return Decoration.set(marks, true);
}

function start(view: EditorView, text: Y.Text, channel: FieldComments): boolean {
  const { from, to } = view.state.selection.main;
  if (!channel.start || from === to || to > text.length) return false;
  const position = (index: number, sticks: number) =>
    Y.relativePositionToJSON(
      Y.createRelativePositionFromTypeIndex(text, index, sticks),
    ) as RelativePosition;
  channel.start({
    // Both ends hold on to the letters inside: what is typed at the edges stays outside.
    start: position(from, 0),
    end: position(to, -1),
    quote: view.state.sliceDoc(from, Math.min(to, from + commentLimits.quoteLength)),
  });
  view.dispatch({ selection: { anchor: to } });
  return true;
}

const offerFocus = StateEffect.define<boolean>();

/** A button at the end of what is selected, while the text has the focus. */
function offer(text: Y.Text, channel: FieldComments): Extension {
  if (!channel.start) return [];
  const button = (): Tooltip['create'] => (view) => {
    const dom = document.createElement('div');
    const press = document.createElement('button');
    press.type = 'button';
    press.className = 'cm-comment-offer';
    press.textContent = 'Comment';
    press.tabIndex = -1;
    press.title = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘⌥M' : 'Ctrl+Alt+M';
    press.addEventListener('mousedown', (event) => event.preventDefault());
    press.addEventListener('click', () => start(view, text, channel));
    dom.append(press);
    return { dom };
  };
  const create = button();
  const field = StateField.define<{ focused: boolean; tooltip: Tooltip | null }>({
    create: () => ({ focused: false, tooltip: null }),
    update(value, transaction) {
      let { focused } = value;
      for (const effect of transaction.effects) if (effect.is(offerFocus)) focused = effect.value;
      const { from, to } = transaction.state.selection.main;
      const shown = focused && from < to;
      if (!shown) return { focused, tooltip: null };
      if (value.tooltip?.pos === to) return { focused, tooltip: value.tooltip };
      return { focused, tooltip: { pos: to, above: true, create } };
    },
    provide: (own) => showTooltip.from(own, (value) => value.tooltip),
  });
  return [field, EditorView.focusChangeEffect.of((_, focused) => offerFocus.of(focused))];
}

const look = EditorView.baseTheme({
  '.cm-comment': {
    backgroundColor: 'color-mix(in oklab, var(--color-warning) 18%, transparent)',
    borderBottom: '1.5px solid color-mix(in oklab, var(--color-warning) 70%, transparent)',
    cursor: 'pointer',
  },
  '.cm-comment-active': {
    backgroundColor: 'color-mix(in oklab, var(--color-warning) 36%, transparent)',
  },
  '.cm-comment-offer': {
    display: 'block',
    padding: '2px 8px',
    fontFamily: 'var(--font-sans)',
    fontSize: '12px',
    lineHeight: '18px',
    fontWeight: '500',
    color: 'var(--color-fg)',
  },
  '.cm-comment-offer:hover': { backgroundColor: 'var(--color-hover)' },
});

/** Shows commented parts of a shared text, opens their threads on a click, and starts new ones (Mod+Alt+M). */
export function commentRanges(text: Y.Text, channel: FieldComments): Extension {
  const plugin = ViewPlugin.define(
    (view) => {
      let queued = false;
      const stop = channel.subscribe(() => {
        if (queued) return;
        queued = true;
        requestAnimationFrame(() => {
          queued = false;
          if (view.dom.isConnected) view.dispatch({ effects: rangesChanged.of(null) });
        });
      });
      const own = {
        decorations: decorate(view, text, channel),
        update(update: ViewUpdate) {
          const changed = update.transactions.some(({ effects }) =>
            effects.some((effect) => effect.is(rangesChanged)),
          );
          if (update.docChanged || changed) own.decorations = decorate(update.view, text, channel);
        },
        destroy: stop,
      };
      return own;
    },
    {
      decorations: (own) => own.decorations,
      eventHandlers: {
        click(event, view) {
          const { target } = event;
          const mark = target instanceof Element ? target.closest('[data-comment-range]') : null;
          const id = mark?.getAttribute('data-comment-range');
          if (!id || id === 'new' || !view.state.selection.main.empty) return;
          channel.open(id);
        },
      },
    },
  );
  const key = { key: 'Mod-Alt-m', run: (view: EditorView) => start(view, text, channel) };
  return [plugin, offer(text, channel), keymap.of([key]), look];
}
