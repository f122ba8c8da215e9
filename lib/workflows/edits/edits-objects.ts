import * as Y from 'yjs';
import { cleanName } from '@/lib/names/name-problem';
import {
  type Draft,
  draftParts,
  entryOf,
  setOrDelete,
  writeGroup,
  writeNote,
} from '../draft/draft';
import type { Json } from '../draft/draft-value';
import { edit, nodeOf, type Point } from '../draft/editing';
import { type Color, type WorkflowNote, workflowLimits } from '../schema';
import { dissolve, dropEmpty, groupOf, setGroup } from './membership';

type Move = { id: string; position: Point };
/** What is dropped at once: where things go, and which nodes change their group. */
export type Drop = {
  nodes?: readonly Move[];
  notes?: readonly Move[];
  /** New group of a node; undefined takes it out of its own. */
  groups?: ReadonlyMap<string, string | undefined>;
};

/** Moves nodes and notes, in whole pixels, and changes groups with it. The moves of one drag are one step to undo. */
export function moveElements(draft: Draft, { nodes = [], notes = [], groups }: Drop): void {
  edit(draft, 'move', () => {
    for (const { id, position } of nodes) moveEntry(nodeOf(draft, id), position);
    for (const { id, position } of notes) moveEntry(noteOf(draft, id), position);
    const left = new Set<string>();
    for (const [id, group] of groups ?? []) {
      const old = groupOf(draft, id);
      if (old !== undefined) left.add(old);
      setGroup(draft, id, group);
    }
    dropEmpty(draft, left);
  });
}

function moveEntry(entry: Y.Map<unknown> | undefined, { x, y }: Point): void {
  if (!entry) return;
  setOrDelete(entry, 'x', Math.round(x));
  setOrDelete(entry, 'y', Math.round(y));
}

const noteOf = (draft: Draft, id: string): Y.Map<unknown> | undefined => {
  const note = draftParts(draft.doc).notes.get(id);
  return note instanceof Y.Map ? note : undefined;
};

/** Adds a note. Says whether there was room for it. */
export function addNote(draft: Draft, note: WorkflowNote): boolean {
  const { notes } = draftParts(draft.doc);
  if (notes.size >= workflowLimits.notes || notes.has(note.id)) return false;
  const added = edit(draft, undefined, () => {
    writeNote(entryOf(notes, note.id), note, draft);
    return true;
  });
  return added ?? false;
}

/** The shared text of a note, for an editor to bind to. */
export function textOfNote(draft: Draft, id: string): Y.Text | undefined {
  const text = noteOf(draft, id)?.get('text');
  return text instanceof Y.Text ? text : undefined;
}

/** Sets a note's size, in whole pixels within what a note may have. */
export function resizeNote(draft: Draft, id: string, size: { width: number; height: number }) {
  const within = (value: number, least: number) =>
    Math.round(Math.min(2_000, Math.max(least, value)));
  edit(draft, `size:${id}`, () => {
    const note = noteOf(draft, id);
    if (!note) return;
    setOrDelete(note, 'width', within(size.width, 80));
    setOrDelete(note, 'height', within(size.height, 60));
  });
}

/** Puts nodes into a new group, out of whatever they were in. Says whether it could. */
export function addGroup(
  draft: Draft,
  group: { id: string; name: string; color?: Color },
  nodeIds: Iterable<string>,
): boolean {
  const { groups } = draftParts(draft.doc);
  const members = [...nodeIds].filter((id) => nodeOf(draft, id));
  if (members.length === 0 || groups.size >= workflowLimits.groups) return false;
  const added = edit(draft, undefined, () => {
    writeGroup(entryOf(groups, group.id), { ...group, name: cleanName(group.name) });
    const left = new Set(members.flatMap((id) => groupOf(draft, id) ?? []));
    for (const id of members) setGroup(draft, id, group.id);
    dropEmpty(draft, left);
    return true;
  });
  return added ?? false;
}

/** Takes groups away; their nodes stay where they are. */
export function removeGroups(draft: Draft, ids: Iterable<string>): void {
  edit(draft, undefined, () => {
    for (const id of ids) dissolve(draft, id);
  });
}

export function renameGroup(draft: Draft, id: string, name: string): void {
  const group = draftParts(draft.doc).groups.get(id);
  if (!(group instanceof Y.Map)) return;
  edit(draft, `group:${id}`, () =>
    setOrDelete(group, 'name', cleanName(name.trim().slice(0, workflowLimits.nameLength))),
  );
}

/** Colours nodes, notes and groups; undefined takes their colour away. */
export function setColor(
  draft: Draft,
  ids: { nodes?: Iterable<string>; notes?: Iterable<string>; groups?: Iterable<string> },
  color: Color | undefined,
): void {
  edit(draft, undefined, () => {
    const parts = draftParts(draft.doc);
    for (const name of ['nodes', 'notes', 'groups'] as const) {
      for (const id of ids[name] ?? []) {
        const entry = parts[name].get(id);
        if (entry instanceof Y.Map) setOrDelete(entry, 'color', color);
      }
    }
  });
}

/** Keeps nodes where they stand when the layout is tidied, or lets them go. */
export function setFixed(draft: Draft, ids: Iterable<string>, fixed: boolean): void {
  edit(draft, undefined, () => {
    for (const id of ids) {
      const node = nodeOf(draft, id);
      if (node) setOrDelete(node, 'fixed', fixed ? true : undefined);
    }
  });
}

/**
 * Pins what a node gives in rehearsals; undefined lets it run again. Says why it could not, for people; undefined when
 * it could.
 */
export function pinOutput(draft: Draft, id: string, output: Json | undefined): string | undefined {
  const node = nodeOf(draft, id);
  if (!node) return 'This step was removed.';
  const length = output === undefined ? 0 : JSON.stringify(output).length;
  if (length > workflowLimits.pinnedOutput) {
    return `A pinned output may have ${workflowLimits.pinnedOutput.toLocaleString('en')} characters as JSON; this one has ${length.toLocaleString('en')}.`;
  }
  edit(draft, undefined, () => setOrDelete(node, 'pinnedOutput', output));
  return undefined;
}
