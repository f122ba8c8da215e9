import { catalogue } from '@/lib/templates/catalogue';
import type { Template } from '@/lib/templates/define-template';
import { isObject, type Json } from '@/lib/workflows/draft/draft-value';
import type { Drafted, DraftedStep } from './drafted';
import type { Ruled } from './rules/by-rules';
import type { ActionKind } from './rules/find-actions';
import type { Known } from './rules/weave';

/** Words that speak for a template; each expression counts once. */
const signs: Readonly<Record<string, readonly RegExp[]>> = {
  article: [
    /\b(?:article|blog post|essay)\b/i,
    /\b(?:outline|edit\w*|critique|fact-?check|draft and revise)\b/i,
  ],
  'code-review': [/\b(?:code|pull request|diff|merge request|patch)\b/i, /\breview\w*\b/i],
  'data-analysis': [
    /\b(?:sales|csv|data|figures)\b/i,
    /\b(?:analy[sz]\w*|trends?)\b/i,
    /\b(?:forecast\w*|report|growth)\b/i,
  ],
  debate: [
    /\b(?:debate|for and against|pros and cons|both sides|devil'?s advocate)\b/i,
    /\b(?:agents?|sides?|argu\w+|judge|question|cons|conclusion)\b/i,
  ],
  'document-extraction': [/\binvoices?\b/i, /\bextract\w*\b/i, /\b(?:total|fields|lines)\b/i],
  'human-approval': [/\brefunds?\b/i, /\b(?:approv\w+|person|policy|human)\b/i],
  'incident-review': [
    /\b(?:incident|outage|post-?mortem)\b/i,
    /\b(?:review|root cause|timeline|log|report|cause)\b/i,
  ],
  'lead-enrichment': [
    /\b(?:leads?|prospects?)\b/i,
    /\b(?:enrich\w*|scor\w+|qualif\w+|look (?:it |them )?up)\b/i,
  ],
  'meeting-notes': [
    /\bmeetings?\b/i,
    /\b(?:minutes|notes|action items|transcript|decisions|protocol)\b/i,
  ],
  research: [/\bresearch\w*\b/i, /\b(?:several|sources|angles|questions|report|in depth|deep)\b/i],
  'scheduled-report': [
    /\b(?:github|repositor(?:y|ies))\b/i,
    /\b(?:report|figures|stars|summary)\b/i,
  ],
  supervisor: [
    /\b(?:team of agents|several agents|supervisor|sub-?tasks|delegat\w+)\b/i,
    /\b(?:agents?|tasks?|split|coordinate\w*|work)\b/i,
  ],
  'support-triage': [
    /\b(?:support|customer)\b/i,
    /\b(?:triage|urgency|classif\w+|route\w*|topic)\b/i,
    /\b(?:draft\w*|repl(?:y|ies)|answer)\b/i,
  ],
  translation: [
    /\btranslat\w+\b/i,
    /\b(?:translate it back|back-?translat\w+|check (?:it|the translation)|quality|nothing is lost)\b/i,
  ],
  'until-good': [
    /\b(?:until (?:it is|it's|it) (?:good|is good)|until (?:the )?(?:score|quality)|keep improving|improve it until|refine it until)\b/i,
    /\b(?:score|good|quality|improv\w+|refin\w+)\b/i,
  ],
};

/** The steps that actions ask for: a template without them does not do it all. */
const needed: Readonly<Partial<Record<ActionKind, string>>> = {
  ...{ approve: 'approval', mail: 'send-mail', notify: 'send-message', wait: 'delay', each: 'map' },
  ...{ fetch: 'http', post: 'http', remember: 'remember', table: 'remember' },
  ...{ if: 'if', inbox: 'read-mailbox', sort: 'sort', unique: 'unique', limit: 'limit' },
};

/** The template that does what a description asks for, with the blanks that can be filled; undefined where none does all of it. */
export function byTemplate(
  description: string,
  name: string | undefined,
  ruled: Ruled,
  { agents }: Pick<Known, 'agents'>,
): (Drafted & { template: string }) | undefined {
  const template = bestFor(description);
  if (template === undefined) return undefined;
  // It does no more than it says.
  if (ruled.asked.includes('other') || ruled.trigger?.kind === 'mail') return undefined;
  // Its approvals are asked of everybody.
  if (ruled.steps.some(({ config }) => config.people !== undefined)) return undefined;
  const types = new Set(template.steps.map(({ type }) => type));
  const asked = ruled.asked.flatMap((kind) => needed[kind] ?? []);
  if (asked.some((type) => !types.has(type))) return undefined;
  const filled = new Map(slots(description));
  const steps = template.steps.map(
    (step): DraftedStep => toStep(step, template, { filled, agents }),
  );
  const used = [...filled].filter(([slot]) => inputsOf(template).includes(slot));
  return {
    ...{ title: name ?? template.title, description: description.trim(), steps },
    ...{ trigger: ruled.trigger, template: template.name },
    assumptions: [
      `It follows the template “${template.title}”: ${template.job}`,
      ...used.map(
        ([slot, value]) => `The input “${slot}” is “${value}” unless another one is given.`,
      ),
      ...ruled.assumptions.filter((each) =>
        /^(?:No time|Times are|Where that comes from|Left out)/.test(each),
      ),
    ],
  };
}

function bestFor(description: string): Template | undefined {
  const scored = Object.entries(signs).map(([name, patterns]) => ({
    name,
    score: patterns.filter((pattern) => pattern.test(description)).length,
    all: patterns.every((pattern) => pattern.test(description)),
  }));
  scored.sort((one, other) => other.score - one.score);
  const best = scored.find(({ all }) => all);
  return best && catalogue[best.name];
}

type Slots = readonly (readonly [string, string])[];

/** What the description says about inputs that templates have. */
function slots(description: string): Slots {
  const found: [string, string][] = [];
  const language = /\b(?:in)?to\s+([A-Z][a-z]{3,14})\b/.exec(description)?.[1];
  if (language !== undefined) found.push(['language', language]);
  const about =
    /\b(?:about|on|research(?:es)?|debate)\s+(?!it\b|this\b|each\b|every\b)((?:the\s+)?[^,.;]{4,90}?)(?=\s+(?:and|then|with|from)\b|[,.;]|$)/i.exec(
      description,
    )?.[1];
  if (about !== undefined)
    found.push(
      ...(['topic', 'question', 'subject'] as const).map((slot): [string, string] => [
        slot,
        about.trim(),
      ]),
    );
  const repository = /\b([\w-]+\/[\w.-]+)\b/.exec(
    description.replace(/https?:\/\/github\.com\//, ''),
  )?.[1];
  if (repository !== undefined) found.push(['repository', repository]);
  return found;
}

const inputsOf = ({ steps }: Template): string[] => {
  const inputs = steps.find(({ type }) => type === 'start')?.config.inputs;
  return Array.isArray(inputs) ? inputs.flatMap((input) => nameIn(input) ?? []) : [];
};

const nameIn = (input: unknown): string | undefined =>
  typeof input === 'object' && input !== null && 'name' in input && typeof input.name === 'string'
    ? input.name
    : undefined;

function toStep(
  { id, type, name, config, group, pinnedOutput }: Template['steps'][number],
  { ways }: Template,
  { filled, agents }: { filled: ReadonlyMap<string, string>; agents: readonly string[] },
): DraftedStep {
  const after = ways.flatMap((way) => {
    const stops = way.split('>').map((stop) => stop.trim());
    return stops.flatMap((stop, at) => {
      const before = stops[at - 1];
      return stop.split(':')[0] === id && before !== undefined ? [keyed(before)] : [];
    });
  });
  return {
    ...{ id: keyed(id), type, name, does: `${name}.`, after },
    config: type === 'start' ? withDefaults(config, filled) : withAgents(config, agents),
    ...(group === undefined ? {} : { group: keyed(group) }),
    ...(pinnedOutput === undefined ? {} : { pinnedOutput }),
  };
}

/** Agents that the workspace does not have are general assistants. */
function withAgents(
  config: DraftedStep['config'],
  agents: readonly string[],
): DraftedStep['config'] {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [name, replaced(name, value, agents)]),
  );
}

function replaced(name: string, value: Json, agents: readonly string[]): Json {
  if (typeof value === 'string') return name !== 'agent' || agents.includes(value) ? value : '';
  if (Array.isArray(value)) return value.map((one) => replaced('', one, agents));
  return isObject(value) ? withAgents(value, agents) : value;
}

/** Steps of templates are named with hyphens; here their id is the name by which others know them. */
const keyed = (stop: string): string => {
  const [id = '', port] = stop.split(':');
  const key = id.replaceAll('-', '_');
  return port === undefined ? key : `${key}:${port}`;
};

function withDefaults(
  config: DraftedStep['config'],
  filled: ReadonlyMap<string, string>,
): DraftedStep['config'] {
  const { inputs } = config;
  if (!Array.isArray(inputs)) return config;
  return {
    ...config,
    inputs: inputs.map((input) => {
      const value = filled.get(nameIn(input) ?? '');
      return value === undefined || typeof input !== 'object' || input === null
        ? input
        : { ...input, default: value };
    }),
  };
}
