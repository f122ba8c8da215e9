import { type Range, StateEffect } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from '@codemirror/view';
import * as Y from 'yjs';
import type { FieldCarets } from '@/components/realtime/carets';
import type { Caret } from '@/lib/realtime/messages';

type RemoteCaret = ReturnType<FieldCarets['others']>[number];

const caretsMoved = StateEffect.define<null>();

class CaretWidget extends WidgetType {
  readonly caret: RemoteCaret;
  constructor(caret: RemoteCaret) {
    super();
    this.caret = caret;
  }
  override eq(other: CaretWidget) {
    const { color, name, head } = this.caret;
    const same = other.caret.color === color && other.caret.name === name;
    // A caret that moved is drawn anew, which shows its name again for a moment.
    return same && JSON.stringify(other.caret.head) === JSON.stringify(head);
  }
  override toDOM() {
    const caret = document.createElement('span');
    caret.className = 'cm-remote-caret';
    caret.style.setProperty('--person', this.caret.color);
    caret.setAttribute('aria-hidden', 'true');
    const flag = document.createElement('span');
    flag.className = 'cm-remote-name';
    flag.textContent = this.caret.name;
    caret.append('\u2060', flag);
    requestAnimationFrame(() => {
      const edge = caret.closest('.cm-scroller')?.getBoundingClientRect().right ?? 0;
      const flips = caret.getBoundingClientRect().left + flag.offsetWidth > edge;
      flag.classList.toggle('cm-remote-flip', flips);
    });
    return caret;
  }
  override ignoreEvent() {
    return true;
  }
}

/** Where a caret stands in `text` now, or undefined when it is in another text. */
function positions(text: Y.Text, caret: RemoteCaret) {
  const doc = text.doc;
  if (!doc) return undefined;
  try {
    const anchor = Y.createAbsolutePositionFromRelativePosition(
      Y.createRelativePositionFromJSON(caret.anchor),
      doc,
    );
    const head = Y.createAbsolutePositionFromRelativePosition(
      Y.createRelativePositionFromJSON(caret.head),
      doc,
    );
    if (!anchor || !head || anchor.type !== text || head.type !== text) return undefined;
    return { anchor: anchor.index, head: head.index };
  } catch {
    return undefined;
  }
}

/** Where the carets and selections of others stand in a text. */
export const caretPlaces = (text: Y.Text, channel: FieldCarets): number[] =>
  channel.others().flatMap((caret) => {
    const at = positions(text, caret);
    return at ? [at.anchor, at.head] : [];
  });

function decorate(view: EditorView, text: Y.Text, channel: FieldCarets): DecorationSet {
  const length = view.state.doc.length;
  const marks: Range<Decoration>[] = [];
  for (const caret of channel.others()) {
    const at = positions(text, caret);
    if (!at || Math.max(at.anchor, at.head) > length) continue;
    const from = Math.min(at.anchor, at.head);
    const to = Math.max(at.anchor, at.head);
    if (from < to) {
      const style = `background-color: color-mix(in oklab, ${caret.color} 24%, transparent)`;
      marks.push(Decoration.mark({ attributes: { style } }).range(from, to));
    }
    marks.push(Decoration.widget({ side: 1, widget: new CaretWidget(caret) }).range(at.head));
  }
  return Decoration.set(marks, true);
}

function ownCaret(view: EditorView, text: Y.Text): Caret | undefined {
  const { anchor, head } = view.state.selection.main;
  if (Math.max(anchor, head) > text.length) return undefined;
  return {
    anchor: Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, anchor)),
    head: Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, head)),
  };
}

/** Shows the carets and selections of others in a shared text, and tells them of one's own. */
export function remoteCarets(text: Y.Text, channel: FieldCarets) {
  return ViewPlugin.define(
    (view) => {
      // Others move while this view is in the middle of an update at times: redraw after it.
      let queued = false;
      let shown = false;
      const show = (caret: Caret | undefined) => {
        if (!caret && !shown) return;
        shown = caret !== undefined;
        channel.move(caret);
      };
      const stop = channel.subscribe(() => {
        if (queued) return;
        queued = true;
        requestAnimationFrame(() => {
          queued = false;
          if (view.dom.isConnected) view.dispatch({ effects: caretsMoved.of(null) });
        });
      });
      const plugin = {
        decorations: decorate(view, text, channel),
        update(update: ViewUpdate) {
          const moved = update.transactions.some((transaction) =>
            transaction.effects.some((effect) => effect.is(caretsMoved)),
          );
          if (update.docChanged || moved) plugin.decorations = decorate(update.view, text, channel);
          if (update.selectionSet || update.docChanged || update.focusChanged) {
            show(update.view.hasFocus ? ownCaret(update.view, text) : undefined);
          }
        },
        destroy() {
          stop();
          show(undefined);
        },
      };
      return plugin;
    },
    { decorations: (plugin) => plugin.decorations },
  );
}
