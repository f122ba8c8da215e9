'use client';

import { Ellipsis, Folder, FolderOpen, Star, Tag, Workflow } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useLabels } from '@/components/data/workflow-queries';
import { useCan } from '@/components/shell/actor-context';
import { cn } from '@/components/ui/cn';
import { IconButton } from '@/components/ui/controls/icon-button';
import { DropdownMenu, DropdownMenuItem } from '@/components/ui/overlays/dropdown-menu';
import { type FolderNode, folderTree } from '@/lib/workflows/organise/folder-tree';
import { FolderDialog } from './folder-dialog';
import type { ListView } from './list-view';

type Props = { view: ListView; onView: (view: ListView) => void };

/** Favourites, folders and tags, to choose what is listed. */
export function LabelsNav({ view, onView }: Props) {
  const { data } = useLabels();
  const [moving, setMoving] = useState<string>();
  const show = (part: Omit<ListView, 'sort'>) => onView({ sort: view.sort, ...part });
  const { folder, tag, favourite } = view;
  const all = folder === undefined && tag === undefined && !favourite;
  return (
    <nav aria-label="Folders and tags" className="flex flex-col gap-4 p-2 text-sm">
      <ul>
        <Item icon={<Workflow />} count={data?.all} current={all} onChoose={() => show({})}>
          All workflows
        </Item>
        <Item
          icon={<Star />}
          count={data?.favourites}
          current={favourite === true}
          onChoose={() => show({ favourite: true })}
        >
          Favourites
        </Item>
      </ul>
      <Section title="Folders" empty={data?.folders.length === 0 ? 'No folders yet' : undefined}>
        {folderTree(data?.folders ?? []).map((node) => (
          <FolderItem
            key={node.path}
            node={node}
            current={folder === node.path}
            onChoose={() => show({ folder: node.path })}
            onMove={() => setMoving(node.path)}
          />
        ))}
      </Section>
      <Section title="Tags" empty={data?.tags.length === 0 ? 'No tags yet' : undefined}>
        {data?.tags.map(({ name, count }) => (
          <Item
            key={name}
            icon={<Tag />}
            count={count}
            current={tag?.toLowerCase() === name.toLowerCase()}
            onChoose={() => show({ tag: name })}
          >
            {name}
          </Item>
        ))}
      </Section>
      {moving === undefined ? null : (
        <FolderDialog
          folder={moving}
          onClose={() => setMoving(undefined)}
          onMoved={(to) => {
            if (folder === moving) show({ folder: to });
          }}
        />
      )}
    </nav>
  );
}

type SectionProps = { title: string; empty: string | undefined; children: ReactNode };

function Section({ title, empty, children }: SectionProps) {
  return (
    <div>
      <h2 className="px-2 pb-1 text-2xs font-medium text-faint">{title}</h2>
      {empty ? <p className="px-2 text-xs text-faint">{empty}</p> : <ul>{children}</ul>}
    </div>
  );
}

type ItemProps = {
  icon: ReactNode;
  count: number | undefined;
  current: boolean;
  onChoose: () => void;
  depth?: number;
  more?: ReactNode;
  children: ReactNode;
};

function Item({ icon, count, current, onChoose, depth = 0, more, children }: ItemProps) {
  return (
    <li className="group relative">
      <button
        type="button"
        aria-current={current ? 'true' : undefined}
        onClick={onChoose}
        style={{ paddingLeft: 8 + depth * 14 }}
        className={cn(
          'flex h-7 w-full items-center gap-2 rounded-md pr-2 text-left [&_svg]:size-3.5 [&_svg]:shrink-0 [&_svg]:text-faint',
          current ? 'bg-active font-medium text-fg' : 'text-muted hover:bg-hover hover:text-fg',
        )}
      >
        {icon}
        <span className="min-w-0 flex-1 truncate">{children}</span>{' '}
        <span
          className={cn(
            'text-2xs font-normal text-faint tabular',
            more && 'group-focus-within:invisible group-hover:invisible',
          )}
        >
          {count}
        </span>
      </button>
      {more}
    </li>
  );
}

type FolderProps = {
  node: FolderNode;
  current: boolean;
  onChoose: () => void;
  onMove: () => void;
};

function FolderItem({ node, current, onChoose, onMove }: FolderProps) {
  const canEdit = useCan('workflows.edit');
  return (
    <Item
      icon={current ? <FolderOpen /> : <Folder />}
      count={node.count}
      current={current}
      depth={node.depth}
      onChoose={onChoose}
      more={
        canEdit ? (
          <span className="absolute top-0.5 right-1 opacity-0 focus-within:opacity-100 group-hover:opacity-100">
            <DropdownMenu
              align="end"
              trigger={
                <IconButton label={`More for the folder ${node.path}`} size="sm">
                  <Ellipsis />
                </IconButton>
              }
            >
              <DropdownMenuItem onSelect={onMove}>
                <Folder aria-hidden /> Rename or move…
              </DropdownMenuItem>
            </DropdownMenu>
          </span>
        ) : undefined
      }
    >
      {node.name}
    </Item>
  );
}
