'use client';

import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  Group,
  type LucideIcon,
  Ungroup,
  Workflow,
} from 'lucide-react';
import { ColorRow } from '@/components/canvas/cards/colors';
import { useGraph, useLocal, useSession } from '@/components/session/session';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import type { Side } from '@/lib/canvas/layout/align';

const sides: { side: Side; label: string; key: string; icon: LucideIcon }[] = [
  { side: 'left', label: 'Align left', key: 'A', icon: AlignStartVertical },
  { side: 'centre', label: 'Align centres', key: 'H', icon: AlignCenterVertical },
  { side: 'right', label: 'Align right', key: 'D', icon: AlignEndVertical },
  { side: 'top', label: 'Align top', key: 'W', icon: AlignStartHorizontal },
  { side: 'middle', label: 'Align middles', key: 'V', icon: AlignCenterHorizontal },
  { side: 'bottom', label: 'Align bottom', key: 'S', icon: AlignEndHorizontal },
];

/** Places, groups and colours of several things at once. */
export function Arrange() {
  const { actions } = useSession();
  const nodes = useLocal((local) => local.nodes);
  const all = useLocal((local) => local.nodes.size + local.objects.size);
  const grouped = useGraph((graph) =>
    [...nodes].some((id) => graph.nodes.get(id)?.group !== undefined),
  );
  const color = useGraph((graph) => {
    const found = new Set([...nodes].map((id) => graph.nodes.get(id)?.color));
    return found.size === 1 ? [...found][0] : undefined;
  });
  return (
    <div className="flex flex-col gap-4">
      <Part title="Arrange">
        <div role="toolbar" aria-label="Align" className="flex flex-wrap gap-px">
          {sides.map(({ side, label, key, icon: Icon }) => (
            <IconButton
              key={side}
              label={label}
              keys={['Alt', key]}
              onClick={() => actions.align(side)}
            >
              <Icon />
            </IconButton>
          ))}
          <IconButton
            label="Distribute across"
            keys={['Alt', 'Shift', 'H']}
            disabled={all < 3}
            onClick={() => actions.distribute('horizontal')}
          >
            <AlignHorizontalDistributeCenter />
          </IconButton>
          <IconButton
            label="Distribute down"
            keys={['Alt', 'Shift', 'V']}
            disabled={all < 3}
            onClick={() => actions.distribute('vertical')}
          >
            <AlignVerticalDistributeCenter />
          </IconButton>
        </div>
      </Part>
      <Part title="Colour">
        <ColorRow value={color} onChoose={(chosen) => actions.color(chosen)} />
      </Part>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={actions.group}>
          <Group aria-hidden /> Group
        </Button>
        {grouped ? (
          <Button size="sm" onClick={actions.ungroup}>
            <Ungroup aria-hidden /> Ungroup
          </Button>
        ) : null}
        <Button size="sm" onClick={() => void actions.tidy()}>
          <Workflow aria-hidden /> Tidy
        </Button>
      </div>
    </div>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="text-xs font-medium text-faint">{title}</h3>
      {children}
    </section>
  );
}
