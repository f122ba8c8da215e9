import type { Session } from '@/components/session/session';
import type { Describe, Described } from '@/components/text-editor/chips';
import { preview } from '@/components/text-editor/suggest';
import { at } from '@/lib/values/unknown';
import { inputOf, namesFor, namesGiven, outputOf } from './names';

const part = /\.?([A-Za-z_]\w*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/g;

/** The names in `steps.read.output["a b"][0]`, one after another. */
function partsOf(expression: string): (string | number)[] {
  return [...expression.matchAll(part)].map(([, name, place, quoted]) =>
    name !== undefined
      ? name
      : place !== undefined
        ? Number(place)
        : String(JSON.parse(quoted ?? '""')),
  );
}

/** What people know references of a node's texts by. Remembered while the workflow stays as it is. */
export function describeFor(session: Session, nodeId: string): Describe {
  let graph: unknown;
  let known = new Map<string, Described | undefined>();
  let titles = new Map<string, string>();
  let given: ReadonlySet<string> = new Set();
  return (expression) => {
    const now = session.graph.get();
    if (now !== graph) {
      graph = now;
      known = new Map();
      titles = new Map([...now.nodes.values()].map(({ key, name }) => [key, name]));
      given = new Set(namesGiven(session, nodeId));
    }
    if (!known.has(expression)) {
      known.set(expression, described(session, nodeId, partsOf(expression), { titles, given }));
    }
    return known.get(expression);
  };
}

type Names = { titles: ReadonlyMap<string, string>; given: ReadonlySet<string> };

function described(
  session: Session,
  nodeId: string,
  parts: (string | number)[],
  { titles, given }: Names,
): Described | undefined {
  const [root, ...rest] = parts;
  if (root === 'steps') {
    const [key, output, ...below] = rest;
    const title = typeof key === 'string' ? titles.get(key) : undefined;
    if (title === undefined || output !== 'output') return undefined;
    const value = () => {
      const node = [...session.graph.get().nodes.values()].find((each) => each.key === key);
      return node ? shown(outputOf(session, node).value, below) : '';
    };
    return { title, parts: below.map(String), value };
  }
  if (root === 'input') {
    if (rest.length === 0) return undefined;
    const value = () => shown(inputOf(session).value, rest);
    return { title: 'Input', parts: rest.map(String), value };
  }
  if (typeof root !== 'string' || !given.has(root)) return undefined;
  const value = () => shown(namesFor(session, nodeId)[root], rest);
  return { title: root, parts: rest.map(String), value };
}

const shown = (value: unknown, parts: readonly (string | number)[]) =>
  preview(parts.reduce<unknown>((inner, each) => at(inner, each), value));
