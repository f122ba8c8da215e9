'use client';

import { ChevronRight, CircleAlert, CornerDownRight, TriangleAlert } from 'lucide-react';
import { RenameStep } from '@/components/canvas/cards/rename-field';
import { looksLikeFile } from '@/components/data/use-files';
import { NodeIcon } from '@/components/icons/node-icon';
import { StatusDot, statusLabel } from '@/components/icons/status-dot';
import { useOccupants } from '@/components/presence/people';
import { useLocal, useNodeProblems, useStep } from '@/components/session/session';
import { cn } from '@/components/ui/cn';
import { drawingOf, typeOf } from '@/lib/canvas/node-types';
import type { OutlineRow } from '@/lib/canvas/outline-rows';

export const rowHeight = 28;
/** Id of a row's element: the tree names the one that has the focus by it. */
export const rowElement = (id: string) => `outline-${id}`;

type Props = {
  row: OutlineRow;
  top: number;
  active: boolean;
  closed: boolean;
  group: string | undefined;
  onPick: (event: React.MouseEvent) => void;
  onOpen: () => void;
  onToggle: () => void;
};

/** One line of the outline; a click gives its focus on to the tree, which is one stop. What it looks like is said to screen readers in its name. */
export function OutlineLine(props: Props) {
  const { row } = props;
  return row.kind === 'step' ? (
    <StepLine {...props} row={row} />
  ) : (
    <BranchLine {...props} row={row} />
  );
}

type Of<Kind> = Omit<Props, 'row'> & { row: Extract<OutlineRow, { kind: Kind }> };

function frame({ row, top, active, closed, onPick, onOpen, onToggle }: Props, selected: boolean) {
  return {
    id: rowElement(row.id),
    'aria-level': row.level,
    'aria-posinset': row.position,
    'aria-setsize': row.siblings,
    'aria-selected': selected,
    ...(row.hasChildren ? { 'aria-expanded': !closed } : {}),
    onClick: (event: React.MouseEvent) =>
      (event.target as Element).closest('[data-toggle]') ? onToggle() : onPick(event),
    onDoubleClick: onOpen,
    onContextMenuCapture: onPick,
    style: { top, height: rowHeight, paddingLeft: 6 + (row.level - 1) * 12 },
    className: cn(
      'absolute inset-x-1 flex items-center gap-1.5 rounded-md pr-2 text-sm select-none',
      selected ? 'bg-accent-soft' : 'hover:bg-hover',
      active &&
        'outline-1 -outline-offset-1 outline-accent/0 group-focus-visible/tree:outline-accent',
    ),
  } as const;
}

function StepLine(props: Of<'step'>) {
  const { row, closed, group } = props;
  const { node } = row;
  const type = typeOf(node.type);
  const selected = useLocal((local) => local.nodes.has(node.id));
  const renaming = useLocal(
    (local) => local.renaming === node.id && local.renamingIn === 'outline',
  );
  const problems = useNodeProblems(node.id);
  const step = useStep(node.id);
  const others = useOccupants(node.id);
  const worst = problems.find((problem) => problem.severity === 'error') ?? problems[0];
  const status = step && step.status !== 'pending' ? step.status : undefined;
  const name = node.name || type?.title || 'Untitled step';
  const said = [
    name,
    type?.title === name ? '' : type?.title,
    looksLikeFile(drawingOf(node).subtitle) ? '' : drawingOf(node).subtitle,
    group ? `in group ${group}` : '',
    node.disabled ? 'disabled' : '',
    status ? statusLabel(status) : '',
    ...problems.map((problem) => problem.message),
    ...others.map((person) => `${person.name} is here`),
  ];
  return (
    <div
      {...frame(props, selected)}
      role="treeitem"
      tabIndex={-1}
      aria-label={said.filter(Boolean).join(', ')}
    >
      <Toggle has={row.hasChildren} closed={closed} />
      <NodeIcon icon={type?.icon} group={type?.group} size="sm" />
      {renaming ? (
        <RenameStep nodeId={node.id} name={node.name} />
      ) : (
        <span className={cn('min-w-0 truncate', node.disabled && 'text-faint line-through')}>
          {name}
        </span>
      )}
      {group && !renaming ? (
        <span className="min-w-0 shrink-[9] truncate rounded-sm bg-hover px-1 text-2xs text-muted">
          {group}
        </span>
      ) : null}
      <span className="ml-auto flex shrink-0 items-center gap-1.5 pl-1">
        {others.slice(0, 3).map((person) => (
          <span
            key={person.clientId}
            title={person.name}
            className="size-2 rounded-full"
            style={{ backgroundColor: person.color }}
          />
        ))}
        {worst ? <ProblemIcon error={worst.severity === 'error'} title={worst.message} /> : null}
        {status ? <StatusDot status={status} labelled /> : null}
      </span>
    </div>
  );
}

function ProblemIcon({ error, title }: { error: boolean; title: string }) {
  const Icon = error ? CircleAlert : TriangleAlert;
  return (
    <span title={title} className={error ? 'text-danger' : 'text-warning'}>
      <Icon className="size-3.5" aria-hidden />
    </span>
  );
}

function BranchLine(props: Of<'branch'>) {
  const { row, closed } = props;
  return (
    <div
      {...frame(props, false)}
      role="treeitem"
      tabIndex={-1}
      aria-label={`Output ${row.label}${row.hasChildren ? '' : ', not connected'}`}
    >
      <Toggle has={row.hasChildren} closed={closed} />
      <CornerDownRight className="size-3.5 shrink-0 text-faint" aria-hidden />
      <span className="truncate text-xs text-muted">{row.label}</span>
    </div>
  );
}

/** The tree's own arrows open and close: this is for pointers. */
function Toggle({ has, closed }: { has: boolean; closed: boolean }) {
  if (!has) return <span className="w-3.5 shrink-0" />;
  return (
    <ChevronRight
      aria-hidden
      data-toggle
      className={cn(
        'size-3.5 shrink-0 rounded-sm text-faint transition-transform duration-100 hover:text-fg',
        !closed && 'rotate-90',
      )}
    />
  );
}
