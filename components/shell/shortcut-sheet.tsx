'use client';

import { Keys } from '@/components/ui/kbd';
import { Dialog } from '@/components/ui/overlays/dialog';

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
    title: 'Workflow',
    shortcuts: [
      { name: 'Run, stop', keys: [['Mod', 'Enter']] },
      { name: 'Publish', keys: [['Shift', 'P']] },
      { name: 'Name a version', keys: [['Mod', 'S']] },
      { name: 'Find and replace', keys: [['Mod', 'F']] },
      { name: 'Outline', keys: [['O']] },
      {
        name: 'Undo, redo your edits',
        keys: [
          ['Mod', 'Z'],
          ['Mod', 'Shift', 'Z'],
        ],
      },
      { name: 'Comment', keys: [['C']] },
      { name: 'Comment on selected text', keys: [['Mod', 'Alt', 'M']] },
      { name: 'Accept the suggested change', keys: [['Mod', 'Shift', 'Enter']] },
    ],
  },
  {
    title: 'Steps',
    shortcuts: [
      { name: 'Add a step', keys: [['N'], ['/']] },
      { name: 'Open settings', keys: [['Enter']] },
      { name: 'Help on a setting', keys: [['F1']] },
      { name: 'Open a step in full screen', keys: [['Mod', 'Shift', 'F']] },
      {
        name: 'Previous, next step there',
        keys: [
          ['Alt', 'PageUp'],
          ['Alt', 'PageDown'],
        ],
      },
      { name: 'Rename, disable', keys: [['F2'], ['D']] },
      {
        name: 'Copy, cut, paste',
        keys: [
          ['Mod', 'C'],
          ['Mod', 'X'],
          ['Mod', 'V'],
        ],
      },
      { name: 'Duplicate', keys: [['Mod', 'D']] },
      { name: 'Delete', keys: [['Delete'], ['Backspace']] },
      { name: 'Move the selection', keys: [['Arrows']] },
      { name: 'Walk the graph', keys: [['Shift', 'Arrows']] },
      { name: 'What it reads and feeds', keys: [['hold Shift']] },
    ],
  },
  {
    title: 'Debugger',
    shortcuts: [
      {
        name: 'Start debugging, stop',
        keys: [
          ['Mod', 'Alt', 'Enter'],
          ['Mod', 'Enter'],
        ],
      },
      { name: 'Set, remove a breakpoint', keys: [['B']] },
      { name: 'Breakpoint with a condition', keys: [['Shift', 'B']] },
      { name: 'Continue', keys: [['F8']] },
      { name: 'Step over, into', keys: [['F10'], ['F11']] },
      { name: 'Step out of an item', keys: [['Shift', 'F11']] },
    ],
  },
  {
    title: 'Canvas',
    shortcuts: [
      { name: 'Pointer, hand', keys: [['V'], ['H']] },
      { name: 'Move the view', keys: [['hold Space', 'drag']] },
      { name: 'Select more', keys: [['Shift', 'click']] },
      { name: 'Fit, reset zoom', keys: [['1'], ['0']] },
      { name: 'Select all, none', keys: [['Mod', 'A'], ['Escape']] },
      { name: 'Tidy layout', keys: [['Shift', 'L']] },
      {
        name: 'Group, ungroup',
        keys: [
          ['Mod', 'G'],
          ['Mod', 'Shift', 'G'],
        ],
      },
      { name: 'Add a note', keys: [['Shift', 'N']] },
      { name: 'Write a note, rename a group', keys: [['Enter'], ['F2']] },
      {
        name: 'Align left, centre, right',
        keys: [
          ['Alt', 'A'],
          ['Alt', 'H'],
          ['Alt', 'D'],
        ],
      },
      {
        name: 'Align top, middle, bottom',
        keys: [
          ['Alt', 'W'],
          ['Alt', 'V'],
          ['Alt', 'S'],
        ],
      },
      {
        name: 'Space evenly',
        keys: [
          ['Alt', 'Shift', 'H'],
          ['Alt', 'Shift', 'V'],
        ],
      },
    ],
  },
  {
    title: 'Outline',
    shortcuts: [
      { name: 'Walk, open and close', keys: [['Arrows']] },
      { name: 'Select more', keys: [['Shift', 'Arrows']] },
      { name: 'Connect, disconnect', keys: [['C']] },
      { name: 'Add after', keys: [['N']] },
    ],
  },
  {
    title: 'Text fields',
    shortcuts: [
      { name: 'Use an earlier result', keys: [['{{'], ['/']] },
      { name: 'Next, previous match', keys: [['Enter'], ['Shift', 'Enter']] },
      { name: 'Send a chat message', keys: [['Enter']] },
      { name: 'Send a comment', keys: [['Mod', 'Enter']] },
      { name: 'New line in a message', keys: [['Shift', 'Enter']] },
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
      <div className="gap-x-10 sm:columns-2">
        {groups.map((group) => (
          <section key={group.title} className="mb-5 break-inside-avoid">
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
