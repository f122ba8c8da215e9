import { type CSSProperties, type KeyboardEvent, type PointerEvent, useState } from 'react';

type Drag = { from: number; to: number; dy: number; startY: number; boxes: readonly DOMRect[] };

const middle = (box: DOMRect | undefined) => (box ? box.top + box.height / 2 : 0);

/** Where a row lands whose middle is at `y`: below all others whose middle is above. */
function landing(boxes: readonly DOMRect[], from: number, y: number): number {
  return boxes.filter((box, index) => index !== from && middle(box) < y).length;
}

/**
 * Moves the rows of a list by a handle: with the mouse or a finger, or with the arrow keys while it has the focus.
 * `move` gets the index of the row and by how many places it goes.
 */
export function useRowDrag(move: (index: number, by: number) => void) {
  const [drag, setDrag] = useState<Drag>();
  const handle = (index: number, count: number) => ({
    onPointerDown(event: PointerEvent<HTMLElement>) {
      const rows = event.currentTarget.closest('[data-rows]');
      if (event.button !== 0 || !rows) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const boxes = [...rows.querySelectorAll(':scope > [data-row]')].map((row) =>
        row.getBoundingClientRect(),
      );
      setDrag({ from: index, to: index, dy: 0, startY: event.clientY, boxes });
    },
    onPointerMove({ clientY }: PointerEvent) {
      if (!drag) return;
      const dy = clientY - drag.startY;
      const to = landing(drag.boxes, drag.from, middle(drag.boxes[drag.from]) + dy);
      setDrag({ ...drag, dy, to });
    },
    onPointerUp() {
      if (drag && drag.to !== drag.from) move(drag.from, drag.to - drag.from);
      setDrag(undefined);
    },
    onPointerCancel: () => setDrag(undefined),
    onKeyDown(event: KeyboardEvent) {
      if (event.key === 'Escape' && drag) {
        event.stopPropagation();
        setDrag(undefined);
      }
      const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
      if (by === 0) return;
      event.preventDefault();
      if (index + by >= 0 && index + by < count) move(index, by);
    },
  });
  /** How a row stands while one is dragged: that one follows the pointer, the others make room. */
  const style = (index: number): CSSProperties | undefined => {
    if (!drag) return undefined;
    const { from, to, dy, boxes } = drag;
    if (index === from) {
      return { transform: `translateY(${dy}px)`, zIndex: 1, position: 'relative' };
    }
    const between = to > from ? index > from && index <= to : index < from && index >= to;
    const [first, second] = boxes;
    const gap = first && second ? second.top - first.bottom : 0;
    const way = ((boxes[from]?.height ?? 0) + gap) * (to > from ? -1 : 1);
    return between ? { transform: `translateY(${way}px)` } : undefined;
  };
  return { handle, style, dragged: drag?.from };
}
