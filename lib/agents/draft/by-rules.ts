import type { ModelPolicy } from '@/lib/models/schema';
import { agentOfRole, type Role } from '../define-role';
import { catalogue } from '../roles/catalogue';
import type { AgentInput } from '../schema';
import { draftName } from './draft-name';
import { rankWords } from './rank-words';
import { readMinutes, readModel, readMoney } from './read-limits';

/** A tool of the workspace, as far as a draft looks at it. */
export type KnownTool = { name: string; ref: string; title: string; source: string };

export type Draft = {
  agent: AgentInput;
  assumptions: string[];
  examples: string[];
  role: Role;
};

/** Words of a sentence that ask for a built-in tool. */
const asks: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /\b(web|internet|online|pages?|sites?|urls?|links?|news|look(s|ing)? up|research\w*)\b/i,
    ['web_read'],
  ],
  [
    /\b(files?|documents?|pdfs?|csvs?|spreadsheets?|excel|folders?|contracts?|invoices?)\b/i,
    ['files_search', 'files_read'],
  ],
  [
    /\b(remember\w*|memory|memories|recall\w*|keeps? notes?)\b/i,
    ['memory_recall', 'memory_remember'],
  ],
  [/\b(calculat\w*|sums?|totals?|averages?|figures?|percent\w*|adds? up)\b/i, ['calculate']],
  [
    /\b(asks? (me|us|a person|somebody|someone)|approv\w*|confirm\w*|sign[ -]off)\b/i,
    ['ask_person'],
  ],
  [/\b(sends? (a )?messages?|notif\w*|tells? (me|us|the team)|informs?)\b/i, ['message_send']],
  [/\b(apis?|https?|rest|endpoints?|posts? (it|them|to)|requests? to)\b/i, ['http_request']],
  [/\b(runs? code|scripts?|programs?|python|javascript)\b/i, ['run_code']],
  [/\b(delegat\w*|other agents|team of agents|coordinat\w*)\b/i, ['agents_find', 'agent_delegate']],
];

/**
 * An agent out of a sentence, without any model: the built-in role that is nearest, with the tools, the model and the limits
 * that the sentence asks for.
 */
export function draftByRules(description: string, tools: readonly KnownTool[]): Draft {
  const sentence = description.trim().replace(/\s+/g, ' ');
  const { role, near } = nearestRole(sentence);
  const base = agentOfRole(role);
  const assumptions: string[] = [];
  const wanted = new Set([
    ...(near ? role.tools : []),
    ...asks.flatMap(([words, names]) => (words.test(sentence) ? names : [])),
    ...tools.filter((tool) => isNamed(tool, sentence)).map(({ name }) => name),
  ]);
  const known = new Map(tools.map((tool) => [tool.name, tool]));
  const granted = [...wanted].flatMap((name) => {
    const tool = known.get(name);
    return tool === undefined ? [] : [{ name, ref: tool.ref, approval: 'policy' as const }];
  });
  const model = readModel(sentence);
  const budgetUsd = readMoney(sentence);
  const maxMinutes = readMinutes(sentence);
  assumptions.push(
    near
      ? `It follows the built-in role “${role.name}”.`
      : 'No built-in role is near, so it begins as a general assistant.',
    granted.length === 0
      ? 'Nothing in the sentence asks for a tool: it can only write.'
      : 'It has the tools that the role has or that the sentence names, and no others.',
    ...(budgetUsd === undefined
      ? ['No limit of cost was named: only those of the workspace hold.']
      : []),
    ...(model === undefined ? ['No wish for a model was named: Auto.'] : []),
  );
  return {
    ...{ role, assumptions },
    agent: {
      ...base,
      ...draftName(sentence, near ? role.name : undefined),
      description: sentence.slice(0, 1_000),
      instructions: `Your task: ${sentence}\n\n${base.instructions}`.slice(0, 50_000),
      skills: near ? base.skills : [],
      tools: granted.slice(0, 60),
      model: (model ?? 'auto') satisfies ModelPolicy,
      limits: {
        ...base.limits,
        ...(budgetUsd === undefined ? {} : { budgetUsd }),
        ...(maxMinutes === undefined ? {} : { maxMinutes }),
      },
    },
    examples: role.examples.slice(0, 3),
  };
}

/** A role counts as near from this share of the words on. */
const nearFrom = 1.5;

function nearestRole(sentence: string): { role: Role; near: boolean } {
  const ranked = Object.values(catalogue)
    .map((role) => ({ role, score: rankWords(sentence, role) }))
    .sort((a, b) => b.score - a.score || (a.role.handle < b.role.handle ? -1 : 1));
  const [best] = ranked;
  if (best !== undefined && best.score >= nearFrom) return { role: best.role, near: true };
  const assistant = catalogue.assistant ?? best?.role;
  if (assistant === undefined) throw new Error('there are no roles');
  return { role: assistant, near: false };
}

/** Whether a sentence names a tool that is the workspace's own: a workflow, a table, a service. */
function isNamed({ title, source }: KnownTool, sentence: string): boolean {
  if (source === 'builtin') return false;
  const words = title.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  const text = ` ${sentence.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  return words.length >= 2 && words.every((word) => text.includes(` ${word} `));
}
