/** Somebody who can be mentioned. */
export type Mentionable = { id: string; name: string; email?: string };

const token = /@\[([^\]\n]{1,200})\]\(user:([A-Za-z0-9_-]{1,64})\)/g;

/** Ids that a body mentions, each once, in order. Whether they are members is for the caller to check. */
export function mentionedIds(body: string): string[] {
  return [...new Set([...body.matchAll(token)].map((match) => match[2] ?? ''))];
}

/** How somebody is written while a comment is being typed: the name, with the address where two share it. */
export function handleOf(person: Mentionable, all: readonly Mentionable[]): string {
  const shared = all.some((other) => other.id !== person.id && other.name === person.name);
  return shared && person.email ? `${person.name} (${person.email})` : person.name;
}

/** Turns what was typed into a body: every `@Name` of a known person becomes a mention. */
export function toBody(typed: string, people: readonly Mentionable[]): string {
  const handles = people
    .map((person) => ({ person, handle: handleOf(person, people) }))
    .filter(({ handle }) => handle !== '')
    .sort((a, b) => b.handle.length - a.handle.length);
  let body = '';
  let at = 0;
  while (at < typed.length) {
    const starts = typed[at] === '@' && !isWord(typed[at - 1]);
    const found = starts
      ? handles.find(
          ({ handle }) =>
            typed.startsWith(handle, at + 1) && !isWord(typed[at + 1 + handle.length]),
        )
      : undefined;
    if (found) {
      body += `@[${found.person.name.replace(/[[\]\n]/g, '')}](user:${found.person.id})`;
      at += 1 + found.handle.length;
    } else {
      body += typed[at];
      at += 1;
    }
  }
  return body;
}

/** The reverse of {@link toBody}: what to show in a field where the comment is edited. */
export function toTyped(body: string, people: readonly Mentionable[]): string {
  return body.replace(token, (_, name: string, id: string) => {
    const person = people.find((each) => each.id === id);
    return `@${person ? handleOf(person, people) : name}`;
  });
}

/**
 * A body as Markdown for the screen: mentions are bold italic, which their style sheet shows in its own way. Names come
 * from `names`, so that nobody can be shown under another's; unknown ids are plain text.
 */
export function toMarkdown(body: string, names: ReadonlyMap<string, string>): string {
  return body.replace(token, (_, written: string, id: string) => {
    const name = names.get(id);
    return name === undefined ? `@${plainly(written)}` : `***@${plainly(name)}***`;
  });
}

/** A body in one line of plain text, for lists. */
export function toPlain(body: string, names: ReadonlyMap<string, string>): string {
  return body
    .replace(token, (_, written: string, id: string) => `@${names.get(id) ?? written}`)
    .replace(/[*_`#>]+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

const isWord = (letter: string | undefined) =>
  letter !== undefined && /[\p{L}\p{N}_]/u.test(letter);
const plainly = (text: string) => text.replace(/[\\`*_{}[\]()#+!|<>~]/g, '\\$&');
