type World = {
  tables: Map<string, Set<string>>;
  scripts: Set<string>;
  exists: (path: string) => boolean;
  matches: (path: string) => boolean;
};
export function schemaNames(text: string): Map<string, Set<string>>;
export function missingIn(page: string, text: string, world: World): string[];
