'use client';

import {
  memo,
  type RefObject,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type Session, useCanEdit, useGraph, useSession } from '@/components/session/session';
import { plural } from '@/components/ui/format';
import { Kbd } from '@/components/ui/kbd';
import {
  ContextMenu,
  ContextMenuItem,
  ContextMenuSeparator,
} from '@/components/ui/overlays/context-menu';
import type { Graph } from '@/lib/canvas/graph';
import { type OutlineRow, outlineRows } from '@/lib/canvas/outline-rows';
import { draftParts, readGroup } from '@/lib/workflows/draft/draft';
import { outlineKey } from './outline-keys';
import { OutlineLine, rowElement, rowHeight } from './outline-row';
import { useFollow } from './use-follow';
import { useWindow } from './use-window';

/** Names of the groups, by their ids. */
function useGroupNames(graph: Graph): ReadonlyMap<string, string> {
  const { copy } = useSession();
  return useMemo(() => {
    const names = new Map<string, string>();
    // Read anew as the graph changes: groups belong to the same document.
    if (graph.nodes.size === 0) return names;
    for (const [id, value] of draftParts(copy.doc).groups.entries()) {
      names.set(id, readGroup(id, value)?.name || 'Group');
    }
    return names;
  }, [copy, graph]);
}

/** The workflow as a tree of steps: all that the canvas can do, by keyboard and for screen readers. */
export function OutlinePanel() {
  // A row that follows a moment later holds up neither keys nor drags.
  const graph = useDeferredValue(useGraph((now) => now));
  const canEdit = useCanEdit();
  const { actions } = useSession();
  if (graph.nodes.size === 0) {
    return (
      <div className="flex flex-col items-center gap-3 px-4 py-8 text-center text-sm text-muted">
        This workflow has no steps yet.
        {canEdit ? (
          <button
            type="button"
            data-panel-focus
            className="rounded-md border border-border-strong px-3 py-1 text-fg hover:bg-hover"
            onClick={(event) => {
              const box = event.currentTarget.getBoundingClientRect();
              actions.openPalette({ screen: { x: box.right, y: box.top }, middle: true });
            }}
          >
            Add first step
          </button>
        ) : null}
      </div>
    );
  }
  return <Tree graph={graph} />;
}

const Tree = memo(function Tree({ graph }: { graph: Graph }) {
  const session = useSession();
  const canEdit = useCanEdit();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => outlineRows(graph, closed), [graph, closed]);
  const groups = useGroupNames(graph);
  const box = useRef<HTMLDivElement>(null);
  const { first, last, show } = useWindow(box, rows.length, rowHeight);
  const { active, setActive } = useActiveRow(session, rows, show);
  const toggle = (row: OutlineRow) =>
    setClosed((now) => {
      const next = new Set(now);
      if (!next.delete(row.id)) next.add(row.id);
      return next;
    });
  const pick = (row: OutlineRow, index: number, extend = false) => {
    setActive(row.id);
    show(index);
    const id = row.kind === 'step' ? row.node.id : row.nodeId;
    const { local, actions } = session;
    if (extend) actions.select([...local.get().nodes, id]);
    else if (!local.get().nodes.has(id) || local.get().nodes.size > 1) actions.select([id]);
    actions.reveal([id]);
  };
  useFocusAfterRenaming(session, box);
  const at = rows.findIndex((row) => row.id === active);
  const onKeyDown = (event: React.KeyboardEvent) => {
    // A name that is being edited has its own keys.
    if (event.target !== event.currentTarget) return;
    if (outlineKey(event, { session, canEdit, rows, at, closed, pick, toggle, box }))
      event.preventDefault();
  };
  const activeRow = rows[at];
  return (
    <>
      <ContextMenu
        trigger={
          <div ref={box} className="min-h-0 flex-1 overflow-y-auto py-1">
            <div
              role="tree"
              aria-label="Steps"
              aria-multiselectable
              tabIndex={0}
              data-panel-focus
              data-outline
              aria-activedescendant={activeRow ? rowElement(activeRow.id) : undefined}
              onKeyDown={onKeyDown}
              onFocus={(event) => {
                if ((event.target as Element).role === 'treeitem') event.currentTarget.focus();
                if (at === -1 && rows[0]) setActive(rows[0].id);
              }}
              className="group/tree relative outline-none"
              style={{ height: rows.length * rowHeight }}
            >
              {rows.map((row, index) =>
                (index >= first && index < last) || index === at ? (
                  <OutlineLine
                    key={row.id}
                    row={row}
                    top={index * rowHeight}
                    active={index === at}
                    closed={closed.has(row.id)}
                    group={row.kind === 'step' ? groups.get(row.node.group ?? '') : undefined}
                    onPick={(event) =>
                      pick(row, index, event.shiftKey || event.metaKey || event.ctrlKey)
                    }
                    onOpen={() => session.actions.openTab('settings')}
                    onToggle={() => toggle(row)}
                  />
                ) : null,
              )}
            </div>
          </div>
        }
      >
        {activeRow?.kind === 'step' ? <Menu nodeId={activeRow.node.id} /> : null}
      </ContextMenu>
      <p className="flex shrink-0 items-center gap-1.5 border-t px-3 py-1.5 text-xs text-faint">
        {plural(graph.nodes.size, 'step')}
        {canEdit ? (
          <span className="ml-auto flex items-center gap-1">
            <Kbd>N</Kbd> add <Kbd>C</Kbd> connect
          </span>
        ) : null}
      </p>
    </>
  );
});

/** The row that the keys are about: it follows what is selected on the canvas. */
function useActiveRow(session: Session, rows: readonly OutlineRow[], show: (at: number) => void) {
  const [active, setActive] = useState<string>();
  const latest = useRef({ rows, active });
  latest.current = { rows, active };
  useFollow(session, (nodeId) => {
    const { rows: now, active: before } = latest.current;
    const row = now.find((each) => each.id === before);
    if (row && (row.kind === 'step' ? row.node.id : row.nodeId) === nodeId) return;
    const index = now.findIndex((each) => each.id === nodeId);
    if (index === -1) return;
    setActive(nodeId);
    show(index);
  });
  return { active, setActive };
}

/** A name that was edited here gives the focus back to the tree. */
function useFocusAfterRenaming(session: Session, box: RefObject<HTMLElement | null>) {
  useEffect(() => {
    let was = false;
    return session.local.subscribe(() => {
      const { renaming, renamingIn } = session.local.get();
      const is = renaming !== undefined && renamingIn === 'outline';
      if (was && !is) {
        requestAnimationFrame(() => {
          const tree = box.current?.querySelector<HTMLElement>('[role="tree"]');
          if (document.activeElement === document.body) tree?.focus();
        });
      }
      was = is;
    });
  }, [session, box]);
}

function Menu({ nodeId }: { nodeId: string }) {
  const { actions, graph } = useSession();
  const canEdit = useCanEdit();
  const disabled = graph.get().nodes.get(nodeId)?.disabled === true;
  // The menu gives the focus back as it closes: what takes it itself comes after that.
  const later = (action: () => void) => () => void setTimeout(action, 0);
  return (
    <>
      <ContextMenuItem keys={['Enter']} onSelect={later(() => actions.openTab('settings'))}>
        Open settings
      </ContextMenuItem>
      <ContextMenuItem
        keys={['Mod', 'Shift', 'F']}
        onSelect={later(() => actions.focusStep(nodeId))}
      >
        Full screen
      </ContextMenuItem>
      {canEdit ? (
        <>
          <ContextMenuSeparator />
          <ContextMenuItem keys={['C']} onSelect={later(() => actions.wire(nodeId))}>
            Wires…
          </ContextMenuItem>
          <ContextMenuItem
            keys={['F2']}
            onSelect={later(() => actions.startRenaming(nodeId, 'outline'))}
          >
            Rename
          </ContextMenuItem>
          <ContextMenuItem keys={['Mod', 'D']} onSelect={() => actions.duplicate([nodeId])}>
            Duplicate
          </ContextMenuItem>
          <ContextMenuItem keys={['D']} onSelect={() => actions.toggleDisabled([nodeId])}>
            {disabled ? 'Enable' : 'Disable'}
          </ContextMenuItem>
          <ContextMenuSeparator />
          <ContextMenuItem danger keys={['Delete']} onSelect={() => actions.remove([nodeId])}>
            Delete
          </ContextMenuItem>
        </>
      ) : null}
    </>
  );
}
