import { describe, expect, it } from 'vitest';
import { catalogue as builtin } from '@/lib/tools/builtin/catalogue';
import type { ToolView } from '@/lib/tools/contract';
import { agentInputSchema } from '../schema';
import { readDraft } from './by-model';
import { draftByRules, type KnownTool } from './by-rules';
import { draftName } from './draft-name';
import { rightsOf } from './rights';

const tools: KnownTool[] = [
  ...Object.values(builtin).map(({ name, title }) => ({
    ...{ name, ref: `builtin:${name}`, title, source: 'builtin' },
  })),
  { name: 'table_price_list', ref: 'table:1', title: 'Price list', source: 'table' },
];
const names = (sentence: string) =>
  draftByRules(sentence, tools).agent.tools.map(({ name }) => name);

describe('an agent out of a sentence, without a model', () => {
  it.each([
    ['I need an agent that reviews our code for security holes', 'Security reviewer'],
    ['Write tests for the shop and run them', 'Tester'],
    ['Deploys new releases to production', 'Deployer'],
    ['Someone who finds out why the service is slow: performance', 'Performance optimiser'],
    ['Writes documentation for our API', 'Documentation writer'],
    ['Analyse the sales figures and say what they mean', 'Analyst'],
    ['Coordinates the launch and splits the work', 'Chief of staff'],
    ['Looks things up on public web pages', 'Browser'],
    ['Feeds the cat', 'Assistant'],
  ])('%s → %s', (sentence, role) => {
    expect(draftByRules(sentence, tools).role.name).toBe(role);
  });

  it('takes tools, model, money and time from the words', () => {
    const { agent } = draftByRules(
      'An agent that checks invoices in our files against the price list, confidential, thorough, at most $2 and within 30 minutes, and asks me when in doubt',
      tools,
    );
    expect(agent.tools.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['files_read', 'files_search', 'ask_person', 'table_price_list']),
    );
    expect(agent).toMatchObject({
      name: 'Invoices in our files',
      handle: 'invoices-in-our-files',
      model: { mode: 'best', localOnly: true },
      limits: { budgetUsd: 2, maxMinutes: 30 },
    });
    expect(agent.instructions).toContain('Your task: An agent that checks invoices');
  });

  it('gives no tool that nothing asks for, and none that is not there', () => {
    expect(names('Feeds the cat')).toEqual([]);
    expect(draftByRules('Reads web pages', []).agent.tools).toEqual([]);
  });

  it('is an agent for every sentence', () => {
    const sentences = [
      'x',
      '???',
      'é'.repeat(2_000),
      'the the the',
      '$',
      'an agent that',
      '🦊 🦊',
      '\u202e evil',
    ];
    for (const sentence of sentences) {
      const parsed = agentInputSchema.safeParse(draftByRules(sentence, tools).agent);
      expect(parsed.error?.issues, sentence).toBeUndefined();
    }
  });
});

it.each([
  [
    'Reads the complaints of customers and answers them',
    'Complaints of customers',
    'complaints-of-customers',
  ],
  [
    'I need an agent that translates our contracts into French',
    'Contracts into French',
    'contracts-into-french',
  ],
  ['Weekly sales analyst', 'Weekly sales analyst', 'weekly-sales-analyst'],
  ['Checks', 'Checks', 'checks'],
])('names an agent after what it deals with: %s', (sentence, name, handle) => {
  expect(draftName(sentence, undefined)).toEqual({ name, handle });
});

describe('what a model drafted', () => {
  const base = draftByRules('Checks invoices for at most $2', tools);
  const answer = {
    ...{ name: 'Invoice checker', description: 'Checks invoices.', skills: ['Invoices', '!!'] },
    ...{ instructions: 'You check invoices against the price list, line by line.', model: 'best' },
    ...{
      tools: ['files_read', 'delete_everything'],
      budgetUsd: 500,
      assumptions: [],
      examples: [],
    },
  };
  it('has only tools that are there, and no more money than the sentence allows', () => {
    const draft = readDraft(answer, base, tools);
    expect(draft?.agent).toMatchObject({
      ...{ handle: 'invoice-checker', skills: ['invoices'], model: { mode: 'best' } },
      tools: [{ name: 'files_read', ref: 'builtin:files_read', approval: 'policy' }],
      limits: { budgetUsd: 2 },
    });
    expect(draft?.assumptions).toEqual(['There is no tool delete_everything here.']);
    expect(agentInputSchema.safeParse(draft?.agent).success).toBe(true);
  });
  it('is refused where it is no agent', () => {
    for (const wrong of [null, 'text', {}, { ...answer, instructions: 'Short.' }]) {
      expect(readDraft(wrong, base, tools)).toBeUndefined();
    }
  });
});

it('a sheet of rights says what is done without asking, and what leaves the machine', () => {
  const known = (name: string, more: Partial<ToolView>) => ({
    ...{ name, title: name, effect: 'read' as const, risk: 0, approval: 'policy' as const },
    ...{ outside: false, unavailable: null, ...more },
  });
  const tools = [
    known('read', { effect: 'read', risk: 0, outside: true }),
    known('send', { effect: 'once', risk: 2 }),
    known('pay', { effect: 'once', risk: 2 }),
  ];
  const limits = { maxTurns: 20, maxMinutes: 60, budgetUsd: 2 };
  const grants = [
    { name: 'read', approval: 'policy' as const },
    { name: 'send', approval: 'policy' as const },
    { name: 'pay', approval: 'never' as const },
  ];
  const { tools: rights, says } = rightsOf({ tools: grants, model: 'auto', limits }, tools);
  expect(rights.map(({ title, asks }) => [title, asks])).toEqual([
    ['send', true],
    ['pay', false],
    ['read', false],
  ]);
  expect(says.join(' ')).toContain('Without asking anybody: pay.');
  expect(says.join(' ')).toContain('$2');
  const local = { mode: 'best' as const, localOnly: true };
  expect(rightsOf({ tools: [], model: local, limits }, []).says.join(' ')).toContain(
    'stays on this machine',
  );
});
