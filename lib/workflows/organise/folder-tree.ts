import { folderNames, isWithin } from './folder';

export type FolderNode = {
  path: string;
  name: string;
  /** 0 at the top. */
  depth: number;
  /** Workflows in it and below. */
  count: number;
};

/** Folders with those above them, each before those that lie in it, by name. */
export function folderTree(folders: readonly { path: string; count: number }[]): FolderNode[] {
  const paths = new Set<string>();
  for (const { path } of folders) {
    const names = folderNames(path);
    names.forEach((_, index) => {
      paths.add(names.slice(0, index + 1).join('/'));
    });
  }
  return [...paths]
    .map((path) => {
      const names = folderNames(path);
      const inside = folders.filter((each) => isWithin(each.path, path));
      return {
        path,
        name: names.at(-1) ?? path,
        depth: names.length - 1,
        count: inside.reduce((sum, each) => sum + each.count, 0),
      };
    })
    .sort((a, b) => byNames(folderNames(a.path), folderNames(b.path)));
}

function byNames(a: readonly string[], b: readonly string[]): number {
  for (const [index, name] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = name.localeCompare(other, 'en', { sensitivity: 'base', numeric: true });
    if (order !== 0) return order;
    if (name !== other) return name < other ? -1 : 1;
  }
  return a.length - b.length;
}
