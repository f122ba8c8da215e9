import { readJson } from '@/lib/api/json/read-json';
import { at, listIn, textIn } from '@/lib/values/unknown';
import type { OfferedTool, SettledCall } from '../call';
import { goesOn, readMore } from '../result-text';
import type { AgentTurn } from '../task';
import { findTool } from './find-tool';
import { indexTools } from './tool-index';

/** From how many tools on, or characters of their descriptions, a model is told of some and finds the others. */
const many = { tools: 30, characters: 24_000 };
/** What it is told of at first: about 5 % of a window of 32,000 tokens. */
const first = { always: 10, fitting: 5, characters: 5_600 };
/** Tools that were found or used: of more, the latest. */
const later = { tools: 20, characters: 24_000 };
const mostServers = 20;

type Past = readonly { turn: Pick<AgentTurn, 'calls'>; results: readonly SettledCall[] }[];

export const areMany = (tools: readonly OfferedTool[]): boolean =>
  tools.length > many.tools || sizeOf(tools) > many.characters;

/**
 * Which of its tools a model is told of in each turn: also how to read on, once a result was cut.
 */
export function offering(
  tools: readonly OfferedTool[],
  words: string,
): (past: Past) => readonly OfferedTool[] {
  const offered = offeringOf(
    tools.filter(({ name }) => name !== readMore),
    words,
  );
  const more = tools.filter(({ name }) => name === readMore);
  return (past) => {
    const isCut = past.some(({ results }) =>
      results.some((one) => one.state === 'done' && goesOn(one.result)),
    );
    return isCut ? [...offered(past), ...more] : offered(past);
  };
}

/**
 * Which of its tools a model is told of in each turn: all of them where they are few. Where they are many, those of the
 * product, the ones that fit the words of the task, and whatever it has found or used since, in that order.
 */
function offeringOf(
  tools: readonly OfferedTool[],
  words: string,
): (past: Past) => readonly OfferedTool[] {
  const others = tools.filter(({ name }) => name !== findTool);
  const finder = tools.find(({ name }) => name === findTool);
  if (finder === undefined || !areMany(others)) return () => others;
  const byName = new Map(others.map((tool) => [tool.name, tool]));
  const named = (names: readonly string[]) => names.flatMap((name) => byName.get(name) ?? []);
  const told = { ...finder, description: `${finder.description} ${whatThereIs(others)}` };
  const always = others.filter((tool) => tool.always).slice(0, first.always);
  const fitting = named(indexTools(others).find(words, first.fitting));
  const known = within([...new Set([...always, ...fitting])], first.characters - sizeOf([told]));
  return (past) => {
    const names = past.flatMap(({ turn, results }) => namesIn(turn, results));
    const latest = [...new Set(names.toReversed())].slice(0, later.tools);
    const isNew = ({ name }: OfferedTool) => !known.some((one) => one.name === name);
    const kept = new Set(within(named(latest).filter(isNew), later.characters));
    // In the order in which they came, so that what a vendor remembers of the talk stays the same.
    const found = named([...new Set(names)]).filter((tool) => kept.has(tool));
    return [...known, told, ...found];
  };
}

/** Tools that a turn has found or used. */
function namesIn({ calls }: Pick<AgentTurn, 'calls'>, results: readonly SettledCall[]): string[] {
  return calls.flatMap(({ name }, index) => {
    const result = results[index];
    if (name !== findTool) return [name];
    const read = result?.state === 'done' ? readJson(result.result, 0) : undefined;
    if (!read?.ok) return [];
    return listIn(at(read.value, 'tools')).flatMap((one) => textIn(at(one, 'name')) ?? []);
  });
}

/** As many of them as fit, each in full. */
function within(tools: readonly OfferedTool[], characters: number): OfferedTool[] {
  let left = characters;
  return tools.filter((tool) => {
    const size = sizeOf([tool]);
    if (size > left) return false;
    left -= size;
    return true;
  });
}

function whatThereIs(tools: readonly OfferedTool[]): string {
  const counts = new Map<string, number>();
  for (const { title } of tools) {
    const [server, rest] = title.split(': ');
    if (server !== undefined && rest !== undefined)
      counts.set(server, (counts.get(server) ?? 0) + 1);
  }
  const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, mostServers);
  const list = most.map(([server, count]) => `${server.slice(0, 60)} (${count})`).join(', ');
  return `You may use ${tools.length} tools${list === '' ? '' : `, among them those of ${list}`}.`;
}

const sizeOf = (tools: readonly OfferedTool[]) =>
  tools.reduce(
    (sum, { name, description, inputSchema }) =>
      sum + name.length + description.length + JSON.stringify(inputSchema).length,
    0,
  );
