import type { Session } from '@/components/session/session';

/** Opens the palette beside the selected step, which the new one then follows, else over the middle of the canvas. */
export function openPaletteByKey({ actions, local, graph }: Session) {
  const { nodes } = local.get();
  const [only] = nodes;
  const card =
    nodes.size === 1 && only !== undefined
      ? document.querySelector(`.react-flow__node[data-id="${CSS.escape(only)}"]`)
      : null;
  const canvas = document.querySelector('[data-canvas]')?.getBoundingClientRect();
  const box = card?.getBoundingClientRect();
  const screen = box
    ? { x: box.right + 12, y: box.top }
    : { x: (canvas?.left ?? 0) + (canvas?.width ?? 0) / 2 - 144, y: (canvas?.top ?? 0) + 96 };
  const node = only === undefined ? undefined : graph.get().nodes.get(only);
  actions.openPalette({ screen, ...(node ? { from: { nodeId: node.id, port: '' } } : {}) });
}
