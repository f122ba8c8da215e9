'use client';

import {
  Activity,
  ArrowRightLeft,
  Bookmark,
  Cable,
  CalendarClock,
  CopyPlus,
  CornerDownRight,
  FlaskConical,
  Group,
  History,
  LayoutDashboard,
  Link2,
  ListTree,
  Maximize,
  Maximize2,
  MessageSquare,
  MessageSquareText,
  PanelRightClose,
  Pencil,
  Pin,
  Play,
  Plus,
  Power,
  Redo2,
  Rocket,
  Search,
  Settings2,
  Sparkles,
  SquareDashed,
  StickyNote,
  Trash2,
  Undo2,
  Workflow,
} from 'lucide-react';
import { copyLink } from '@/components/canvas/cards/hover-bar';
import { openPaletteByKey } from '@/components/canvas/gestures/open-palette';
import { NodeIcon } from '@/components/icons/node-icon';
import { type Session, useCanEdit, useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { type PageCommand, useOfferCommands } from '@/components/shell/page-commands';
import { optimiseCommand } from '@/components/suggestions/optimise-command';
import { suggestCommands } from '@/components/suggestions/suggest-commands';
import { useReview } from '@/components/suggestions/use-review';
import { useSuggesting } from '@/components/suggestions/use-suggesting';
import { showTriggers } from '@/components/triggers/parts/panel-state';
import { typeOf } from '@/lib/canvas/node-types';
import { catalogue } from '@/lib/nodes/catalogue';
import type { RunMode } from '@/lib/runs/schema';

const here = 'This workflow';
const selectedStep = 'Selected step';
/** Steps that are offered for a search. */
const maxSteps = 12;

type EditorActions = { run: (mode: RunMode) => void; publish: () => void };

function viewCommands(session: Session): PageCommand[] {
  const { actions } = session;
  const tab = (value: Parameters<typeof actions.openTab>[0]) => () => actions.openTab(value);
  const group = here;
  return [
    {
      group,
      label: 'Outline',
      words: 'steps tree list',
      keys: ['O'],
      icon: <ListTree />,
      run: () => actions.showLeftPanel('outline'),
    },
    {
      group,
      label: 'Find and replace',
      words: 'search text',
      keys: ['Mod', 'F'],
      icon: <Search />,
      run: () => actions.showLeftPanel('find'),
    },
    {
      group,
      label: 'Other workflows',
      words: 'open tree',
      icon: <LayoutDashboard />,
      run: () => actions.showLeftPanel('workflows'),
    },
    { group, label: 'Show settings', icon: <Settings2 />, run: tab('settings') },
    { group, label: 'Show input and output', icon: <ArrowRightLeft />, run: tab('data') },
    {
      group,
      label: 'Triggers',
      words: 'schedule cron webhook start automatically',
      icon: <CalendarClock />,
      run: () => showTriggers({ view: 'list' }),
    },
    { group, label: 'Show runs', words: 'history of runs', icon: <Activity />, run: tab('runs') },
    {
      group,
      label: 'Show comments',
      words: 'threads',
      icon: <MessageSquareText />,
      run: tab('comments'),
    },
    {
      group,
      label: 'Chat beside the canvas',
      words: 'ask agent',
      icon: <MessageSquare />,
      run: tab('chat'),
    },
    { group, label: 'Close the inspector', icon: <PanelRightClose />, run: actions.closeInspector },
    {
      group,
      label: 'Fit the view',
      words: 'zoom',
      keys: ['1'],
      icon: <Maximize />,
      run: actions.fit,
    },
    {
      group,
      label: 'Reset the zoom',
      words: '100',
      keys: ['0'],
      icon: <Maximize />,
      run: actions.resetZoom,
    },
    {
      group,
      label: 'History',
      words: 'versions timeline compare restore',
      icon: <History />,
      run: () => session.local.set((now) => ({ ...now, history: true })),
    },
    {
      group,
      label: 'Select all',
      keys: ['Mod', 'A'],
      icon: <SquareDashed />,
      run: actions.selectAll,
    },
  ];
}

function publishCommand({ publish }: EditorActions): PageCommand {
  return {
    group: here,
    label: 'Publish',
    words: 'version live',
    keys: ['Shift', 'P'],
    icon: <Rocket />,
    run: publish,
  };
}

function editCommands(session: Session): PageCommand[] {
  const { actions } = session;
  const group = here;
  return [
    {
      group,
      label: 'Name this version',
      words: 'save keep history',
      keys: ['Mod', 'S'],
      icon: <Bookmark />,
      run: () => session.local.set((now) => ({ ...now, naming: true })),
    },
    {
      group,
      label: 'Add a step',
      keys: ['N'],
      icon: <Plus />,
      run: () => openPaletteByKey(session),
    },
    {
      group,
      label: 'Steps to add',
      words: 'palette panel',
      icon: <Plus />,
      run: () => actions.showLeftPanel('steps'),
    },
    { group, label: 'Undo', keys: ['Mod', 'Z'], icon: <Undo2 />, run: actions.undo },
    { group, label: 'Redo', keys: ['Mod', 'Shift', 'Z'], icon: <Redo2 />, run: actions.redo },
    {
      group,
      label: 'Tidy layout',
      words: 'arrange align',
      keys: ['Shift', 'L'],
      icon: <Workflow />,
      run: actions.tidy,
    },
    {
      group,
      label: 'Add a note',
      words: 'sticky paper',
      keys: ['Shift', 'N'],
      icon: <StickyNote />,
      run: () => actions.addNote(),
    },
  ];
}

function stepCommands(session: Session, canEdit: boolean): PageCommand[] {
  const { actions, local } = session;
  const { nodes } = local.get();
  const [first] = nodes;
  if (first === undefined) return [];
  const group = selectedStep;
  const fill: PageCommand = {
    group,
    label: 'Open the step in full screen',
    words: 'full screen input output',
    keys: ['Mod', 'Shift', 'F'],
    icon: <Maximize2 />,
    run: () => actions.focusStep(first),
  };
  if (!canEdit) return [fill];
  return [
    fill,
    {
      group,
      label: 'Rename',
      keys: ['F2'],
      icon: <Pencil />,
      run: () => actions.startRenaming(first),
    },
    {
      group,
      label: 'Wires',
      words: 'connect disconnect wire',
      icon: <Cable />,
      run: () => actions.wire(first),
    },
    {
      group,
      label: 'Duplicate',
      keys: ['Mod', 'D'],
      icon: <CopyPlus />,
      run: () => actions.duplicate(nodes),
    },
    {
      group,
      label: 'Group',
      words: 'frame',
      keys: ['Mod', 'G'],
      icon: <Group />,
      run: actions.group,
    },
    {
      group,
      label: 'Pin output…',
      words: 'rehearsal fixed result mock',
      icon: <Pin />,
      run: () => actions.editPin(first),
    },
    {
      group,
      label: 'Copy link to the step',
      words: 'address share',
      icon: <Link2 />,
      run: () => void copyLink(first),
    },
    {
      group,
      label: 'Enable or disable',
      keys: ['D'],
      icon: <Power />,
      run: () => actions.toggleDisabled(nodes),
    },
    {
      group,
      label: 'Delete',
      words: 'remove',
      keys: ['Backspace'],
      icon: <Trash2 />,
      run: actions.removeSelected,
    },
  ];
}

function searched(session: Session, canEdit: boolean, search: string): PageCommand[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return [];
  const words = wanted.replace(/^(go to|add)\s+/, '');
  const steps = [...session.graph.get().nodes.values()]
    .filter((node) => node.name.toLowerCase().includes(words))
    .slice(0, maxSteps)
    .map((node): PageCommand => {
      const type = typeOf(node.type);
      return {
        group: 'Go to step',
        label: node.name,
        words: `go to ${node.id} ${type?.title ?? ''}`,
        icon: <CornerDownRight />,
        run: () => session.jumpTo([node.id]),
      };
    });
  if (!canEdit) return steps;
  const added = Object.values(catalogue).map(
    (type): PageCommand => ({
      group: 'Add step',
      label: `Add ${type.title}`,
      words: [type.group, type.type, ...(type.aliases ?? [])].join(' '),
      icon: <NodeIcon icon={type.icon} group={type.group} size="sm" />,
      run: () => session.actions.addStep(type.type),
    }),
  );
  return [...steps, ...added];
}

/** Opens the chat beside the canvas, where an agent is asked to change this workflow. */
const askCommand = ({ actions }: Session): PageCommand => ({
  ...{ group: here, label: 'Ask an agent to change this', words: 'ai suggest edit chat' },
  icon: <Sparkles />,
  run: actions.askForChanges,
});

/** Offers the editor's actions, with their keys, in the command palette. Renders nothing. */
export function EditorCommands(actions: EditorActions) {
  const session = useSession();
  const canEdit = useCanEdit();
  const suggesting = useSuggesting();
  const review = useReview();
  const maySuggest = useCan('workflows.suggest');
  // A run and a version are of the draft, not of what is suggested.
  const mayRun = useCan('runs.start') && !suggesting.on;
  useOfferCommands((search) => {
    const { run } = actions;
    const group = here;
    const runs: PageCommand[] = mayRun
      ? [
          {
            group,
            label: 'Run',
            words: 'start live',
            keys: ['Mod', 'Enter'],
            icon: <Play />,
            run: () => run('live'),
          },
          {
            group,
            label: 'Rehearse',
            words: 'run without key',
            icon: <FlaskConical />,
            run: () => run('rehearsal'),
          },
        ]
      : [];
    return [
      ...stepCommands(session, canEdit),
      ...runs,
      ...(canEdit && !suggesting.on ? [publishCommand(actions)] : []),
      ...(canEdit ? editCommands(session) : []),
      ...(maySuggest ? [askCommand(session), ...suggestCommands(here, suggesting, review)] : []),
      ...(mayRun && canEdit ? [optimiseCommand(here, session.workflowId, review)] : []),
      ...viewCommands(session),
      ...searched(session, canEdit, search),
    ];
  });
  return null;
}
