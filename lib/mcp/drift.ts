import type { PinnedTool, ServerTool } from './schema';

/** How what a server lists by now differs from what was accepted. */
export type Drift = {
  added: ServerTool[];
  removed: PinnedTool[];
  changed: { before: PinnedTool; after: ServerTool }[];
};

export function driftOf(pinned: readonly PinnedTool[], seen: readonly ServerTool[]): Drift {
  const before = new Map(pinned.map((tool) => [tool.name, tool]));
  const after = new Map(seen.map((tool) => [tool.name, tool]));
  return {
    added: seen.filter(({ name }) => !before.has(name)),
    removed: pinned.filter(({ name }) => !after.has(name)),
    changed: pinned.flatMap((tool) => {
      const now = after.get(tool.name);
      return now === undefined || now.print === tool.print ? [] : [{ before: tool, after: now }];
    }),
  };
}

export const driftCount = ({ added, removed, changed }: Drift): number =>
  added.length + removed.length + changed.length;

/** What was accepted, after somebody accepted what is listed now. That a tool only reads has to be said again of a changed one. */
export function acceptDrift(
  pinned: readonly PinnedTool[],
  seen: readonly ServerTool[],
): PinnedTool[] {
  const before = new Map(pinned.map((tool) => [tool.name, tool]));
  return seen.map((tool) => {
    const known = before.get(tool.name);
    return { ...tool, reads: known?.print === tool.print && known.reads };
  });
}

/** Why a tool cannot be used at present. */
export function heldBack(server: string, tool: PinnedTool, drift: Drift): string | undefined {
  if (drift.removed.some(({ name }) => name === tool.name))
    return `${server} does not have it any more.`;
  if (drift.changed.some(({ before }) => before.name === tool.name))
    return `${server} has changed it. It is held back until somebody accepts the change in Settings → MCP servers.`;
  return undefined;
}
