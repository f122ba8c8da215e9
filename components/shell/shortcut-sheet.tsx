'use client';

import { Dialog } from '@/components/ui/dialog';
import { Keys } from '@/components/ui/kbd';

type Shortcut = { name: string; keys: string[][] };
const groups: { title: string; shortcuts: Shortcut[] }[] = [
  {
    title: 'Everywhere',
    shortcuts: [
      { name: 'Search and commands', keys: [['Mod', 'K']] },
      { name: 'Shortcuts', keys: [['?']] },
      { name: 'Collapse the sidebar', keys: [['Mod', 'B']] },
      { name: 'Dashboard', keys: [['G'], ['D']] },
      { name: 'Workflows', keys: [['G'], ['W']] },
      { name: 'Runs', keys: [['G'], ['R']] },
      { name: 'Agents', keys: [['G'], ['A']] },
      { name: 'Chat', keys: [['G'], ['C']] },
      { name: 'Settings', keys: [['G'], ['S']] },
    ],
  },
  {
    title: 'Canvas',
    shortcuts: [
      {
        name: 'Undo, redo your edits',
        keys: [
          ['Mod', 'Z'],
          ['Mod', 'Shift', 'Z'],
        ],
      },
      { name: 'Add a node', keys: [['N'], ['/']] },
      { name: 'Duplicate', keys: [['Mod', 'D']] },
      { name: 'Delete', keys: [['Delete'], ['Backspace']] },
      { name: 'Rename, disable', keys: [['F2'], ['D']] },
      { name: 'Move the selection', keys: [['Arrows']] },
      { name: 'Walk the graph', keys: [['Shift', 'Arrows']] },
      { name: 'Fit, reset zoom', keys: [['1'], ['0']] },
      { name: 'Comment', keys: [['C']] },
      { name: 'Comment on selected text', keys: [['Mod', 'Alt', 'M']] },
      { name: 'Tidy layout', keys: [['Shift', 'L']] },
      { name: 'Run, stop', keys: [['Mod', 'Enter']] },
      { name: 'Publish', keys: [['Shift', 'P']] },
    ],
  },
  {
    title: 'Chat',
    shortcuts: [
      { name: 'Send', keys: [['Enter']] },
      { name: 'New line', keys: [['Shift', 'Enter']] },
    ],
  },
];

/** All keys on one sheet. */
export function ShortcutSheet({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts" size="lg">
      <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
        {groups.map((group) => (
          <section key={group.title} className={group.title === 'Canvas' ? 'row-span-2' : ''}>
            <h3 className="mb-1 text-xs font-medium text-faint">{group.title}</h3>
            <dl>
              {group.shortcuts.map((each) => (
                <div key={each.name} className="flex h-7.5 items-center justify-between gap-4">
                  <dt>{each.name}</dt>
                  <dd className="flex items-center gap-1.5">
                    {each.keys.map((keys) => (
                      <Keys key={keys.join()} keys={keys} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
