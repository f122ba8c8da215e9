import type { NodeGroup } from './define-node';

/** What can be found in the palette: a type of step, or a trigger. */
export type Findable = {
  type: string;
  title: string;
  summary: string;
  group: NodeGroup;
  icon: string;
  aliases?: readonly string[] | undefined;
};

/** Something that was found; `why` is the word by which, where its title does not show that. */
export type FoundStep<T extends Findable> = { step: T; why?: string };

/** Words that say nothing about what is sought. */
const fillers = new Set('a an and for in into my of on or step node the then to with'.split(' '));

type Score = { points: number; why?: string };

/** What fits a search, the best first: title, then other names, then what its summary says. */
export function findSteps<T extends Findable>(search: string, steps: readonly T[]): FoundStep<T>[] {
  const wanted = plain(search);
  if (wanted === '') return steps.map((step) => ({ step }));
  return steps
    .flatMap((step) => {
      const score = scoreOf(wanted, step);
      return score ? [{ step, score }] : [];
    })
    .sort((a, b) => b.score.points - a.score.points)
    .map(({ step, score: { why } }) => (why === undefined ? { step } : { step, why }));
}

function scoreOf(wanted: string, step: Findable): Score | undefined {
  const whole = scoreOfPhrase(wanted, step);
  const words = wanted.split(' ').filter((word) => !fillers.has(word));
  if (whole || words.length === 0 || (words.length === 1 && words[0] === wanted)) return whole;
  const scores = words.map((word) => scoreOfPhrase(word, step));
  if (scores.some((score) => score === undefined)) return undefined;
  const points = Math.min(...scores.map((score) => score?.points ?? 0)) - 5;
  const why = scores.find((score) => score?.why !== undefined)?.why;
  return { points, ...(why === undefined ? {} : { why }) };
}

function scoreOfPhrase(wanted: string, { type, title, summary, aliases = [] }: Findable) {
  const name = plain(title);
  if (name === wanted) return { points: 100 };
  // The first of its other names is what most people call it.
  if (aliases[0] === wanted) return { points: 95, why: wanted };
  if (name.startsWith(wanted)) return { points: 90 };
  if (` ${name}`.includes(` ${wanted}`)) return { points: 80 };
  const alias = best(wanted, aliases);
  if (alias?.points === 70) return { ...alias, points: 75 - aliases.indexOf(alias.why) / 10 };
  if (name.includes(wanted)) return { points: 60 };
  if (alias) return alias;
  if (plain(type).startsWith(wanted)) return { points: 45 };
  return wanted.length > 2 && ` ${plain(summary)}`.includes(` ${wanted}`)
    ? { points: 20 }
    : undefined;
}

function best(wanted: string, aliases: readonly string[]) {
  let found: { points: number; why: string } | undefined;
  for (const why of aliases) {
    const points =
      why === wanted ? 70 : why.startsWith(wanted) ? 50 : ` ${why}`.includes(` ${wanted}`) ? 40 : 0;
    if (points > (found?.points ?? 0)) found = { points, why };
  }
  return found;
}

/** The steps whose names are nearest to a word that fits none, with that name; for typing errors. */
export function nearestSteps<T extends Findable>(
  search: string,
  steps: readonly T[],
  most = 3,
): FoundStep<T>[] {
  const wanted = plain(search).slice(0, 40);
  const allowed = wanted.length < 3 ? 0 : wanted.length < 5 ? 1 : wanted.length < 9 ? 2 : 3;
  return steps
    .flatMap((step) => {
      const names = [plain(step.title), ...plain(step.title).split(' '), ...(step.aliases ?? [])];
      const near = names
        .map((name) => ({ name, far: distance(wanted, name, allowed) }))
        .filter(({ far }) => far <= allowed)
        .sort((a, b) => a.far - b.far)[0];
      return near ? [{ step, ...near }] : [];
    })
    .sort((a, b) => a.far - b.far)
    .slice(0, most)
    .map(({ step, name }) => ({ step, why: name }));
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Letters to add, leave out, replace or swap with their neighbour; more than `most` is not counted out. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? most + 1;
}
