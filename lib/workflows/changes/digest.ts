import type { ChangedPaths } from './changed-paths';

type Deeds = { changed: Set<string>; added: Set<string>; deleted: Set<string>; workflow: boolean };

const maxNames = 3;

function list(names: readonly string[]): string {
  const [last, ...rest] = [...names].reverse();
  if (names.length > maxNames)
    return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more steps`;
  return rest.length === 0 ? (last ?? '') : `${rest.reverse().join(', ')} and ${last}`;
}

/** Gathers what the others changed, to say it in one sentence a person: "Ben changed Clean and Report." */
export function createDigest() {
  const people = new Map<string, Deeds>();
  const note = (deeds: Deeds, element: string, fields: readonly string[]) => {
    const [part, id = ''] = element.split('/');
    const gone = fields.find((field) => field.startsWith('-'));
    if (part !== 'nodes') deeds.workflow ||= part === 'meta';
    else if (gone !== undefined) deeds.deleted.add(gone.slice(1) || 'a step');
    else if (fields.includes('+')) deeds.added.add(id);
    else if (!deeds.added.has(id)) deeds.changed.add(id);
  };
  return {
    add(name: string, changedPaths: ChangedPaths): void {
      const deeds = people.get(name) ?? {
        changed: new Set(),
        added: new Set(),
        deleted: new Set(),
        workflow: false,
      };
      people.set(name, deeds);
      for (const [element, fields] of Object.entries(changedPaths)) note(deeds, element, fields);
    },
    /** The sentences, empty when there is nothing to say. What was taken is not said again. */
    take(stepName: (id: string) => string | undefined): string {
      const names = (ids: ReadonlySet<string>) => [...ids].flatMap((id) => stepName(id) ?? []);
      const sentences = [...people].flatMap(([name, { changed, added, deleted, workflow }]) => {
        const deeds = [
          [names(added), 'added'],
          [names(changed), 'changed'],
          [[...deleted], 'deleted'],
          [workflow ? ['the workflow’s settings'] : [], 'changed'],
        ] as const;
        const said = deeds.flatMap(([what, verb]) =>
          what.length > 0 ? `${verb} ${list(what)}` : [],
        );
        return said.length > 0 ? `${name} ${said.join(', ')}.` : [];
      });
      people.clear();
      return sentences.join(' ');
    },
  };
}
