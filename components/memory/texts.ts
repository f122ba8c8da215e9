import type { Author, Outcome } from '@/lib/memory/schema';
import type { SpaceKind } from '@/lib/memory/space';

/** Headings of the list of memories, in its order. */
export const groupTitles: Record<SpaceKind, string> = {
  workspace: 'Workspace',
  team: 'Shared',
  agent: 'Agents',
  workflow: 'Workflows',
  thread: 'Chats',
  person: 'Yours alone',
};

export const outcomeTitles: Record<Outcome, string> = {
  written: 'Written',
  merged: 'Merged',
  deleted: 'Deleted',
  restored: 'Restored',
  resolved: 'Decided',
  imported: 'Imported',
  expired: 'Expired',
};

export const authorName = (author: Author): string =>
  author.kind === 'run' ? (author.agent ?? author.name) : author.name;
