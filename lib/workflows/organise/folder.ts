import { z } from 'zod';
import { nameProblem } from '@/lib/names/name-problem';

export const folderLimits = { depth: 6, nameLength: 60 } as const;

/** Characters of the longest path. */
export const maxFolderLength = folderLimits.depth * (folderLimits.nameLength + 1);

/** The names of a path, from the top down; none for what is in no folder. */
export const folderNames = (folder: string): string[] =>
  folder
    .split('/')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** A path as it is stored: names with one "/" between them, without blanks around. */
export const tidyFolder = (folder: string): string => folderNames(folder).join('/');

/** Why a path cannot be a folder; undefined when it can be one. */
export function folderProblem(folder: string): string | undefined {
  const names = folderNames(folder);
  if (names.length > folderLimits.depth) {
    return `folders can be nested at most ${folderLimits.depth} levels deep`;
  }
  for (const name of names) {
    if (name.length > folderLimits.nameLength) {
      return `use at most ${folderLimits.nameLength} characters for a folder`;
    }
    const problem = nameProblem(name);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The folder of a workflow: names from the top down, such as `Sales/Reports`; empty where it is in none. */
export const folderSchema = z
  .string()
  .max(1_000)
  .overwrite(tidyFolder)
  .superRefine((folder, to) => {
    const message = folderProblem(folder);
    if (message !== undefined) to.addIssue({ code: 'custom', message });
  });

/** Whether a folder is another one, or lies below it. */
export const isWithin = (folder: string, top: string): boolean =>
  folder === top || folder.startsWith(`${top}/`);
