import { expect, it } from 'vitest';
import { catalogue as roles } from '@/lib/agents/roles/catalogue';
import { catalogue } from '@/lib/nodes/catalogue';
import { compile } from '@/lib/workflows/compile';
import { findProblems } from '@/lib/workflows/problems/problems';
import { definitionOf } from './drafted';
import { cases } from './testing/cases';
import { withoutModel } from './without-model';

const known = { agents: Object.keys(roles), me: 'ana@example.com', timeZone: 'Europe/Berlin' };
const withMail = { ...known, mail: 'Mail server' };
const mailServer = { name: 'Mail server', kind: 'smtp', workflowIds: null, userIds: null } as const;

/** What no rule has a step for is not dropped: an agent is asked to do it. */
const others: readonly [says: string, steps: string, done: readonly string[]][] = [
  [
    'Read a CSV, sort by amount and highlight the biggest in red, then email it to me',
    'read-file sort agent send-mail',
    ['highlight the biggest in red'],
  ],
  [
    'Filter the rows where the country is Germany and email the rest to boss@example.com',
    'read-file filter send-mail',
    [],
  ],
  [
    'If the total is over 500, flag the order and mark the customer as VIP, otherwise ship it',
    'if agent agent agent',
    ['flag the order', 'mark the customer as VIP', 'ship it'],
  ],
  [
    'For each row of a CSV file, convert the price to euros and save it',
    'read-file map agent remember',
    ['convert the price to euros'],
  ],
  [
    'Every Monday read the spreadsheet, group the sales by region, plot a chart and send it to the team by email',
    'read-file group agent send-mail',
    ['plot a chart'],
  ],
  [
    'Email me a summary. Close the ticket and the order in Jira.',
    'model agent send-mail',
    ['Close the ticket and the order in Jira'],
  ],
  [
    'Download the invoices from Dropbox and rename each file by date',
    'read-file agent',
    ['rename each file by date'],
  ],
  [
    'Wait 2 days, then remind me and cancel the order',
    'delay send-message agent',
    ['cancel the order'],
  ],
  // Words that go on with what a step was built of are no more to do.
  ['Sort by date and amount in euros and give me the top 10', 'read-file sort limit', []],
  ['Email it to Ana and Bob Smith at the end of the day', 'send-mail', []],
];

it.each(others)('%s', (says, steps, done) => {
  const made = withoutModel(says, undefined, withMail);
  const definition = definitionOf(made, catalogue);
  expect(
    findProblems(definition, catalogue, { agents: known.agents, connections: [mailServer] }),
  ).toEqual([]);
  const kinds = made.steps.map(({ type }) => type);
  expect(kinds.slice(1, -1).join(' ')).toBe(steps);
  const said = made.assumptions.flatMap(
    (each) => /^No step does “(.*)” by itself/.exec(each)?.[1] ?? [],
  );
  expect(said.toSorted()).toEqual([...done].toSorted());
  for (const piece of done)
    expect(JSON.stringify(made.steps).toLowerCase()).toContain(piece.toLowerCase());
});

it('reads enough descriptions to tell', () => {
  expect(cases.length).toBeGreaterThanOrEqual(40);
});

it.each(cases.map((one) => [one.says, one] as const))('%s', (says, { steps = '', ...wanted }) => {
  for (const mail of [wanted.mail === true, false]) {
    // Without mail, the workspace has no agents either.
    const agents = mail ? known.agents : [];
    const made = withoutModel(says, undefined, mail ? withMail : { ...known, agents });
    const definition = definitionOf(made, catalogue);
    const connections = mail ? [mailServer] : [];
    expect(findProblems(definition, catalogue, { agents, connections })).toEqual([]);
    expect(compile(definition, catalogue).steps.length).toBeGreaterThan(0);
    const reached = new Set(definition.edges.flatMap(({ source, target }) => [source, target]));
    expect(
      definition.nodes.filter(({ id, group }) => !reached.has(id) && group === undefined),
    ).toEqual([]);
    const kinds = made.steps.map(({ type }) => type);
    const inner = kinds.filter((kind) => kind !== 'start' && kind !== 'output');
    for (const step of steps.split(' ').filter((one) => one.startsWith('-'))) {
      expect(inner).not.toContain(step.slice(1));
    }
    const expected = steps.split(' ').filter((one) => one !== '' && !one.startsWith('-'));
    if (expected.length > 0) {
      expect(inner.join(' ')).toBe(
        expected.filter((kind) => mail || kind !== 'send-mail').join(' '),
      );
    }
    if (wanted.template !== undefined || steps !== '') expect(made.template).toBe(wanted.template);
    if (wanted.trigger !== undefined) {
      const { trigger } = made;
      expect(trigger?.kind === 'schedule' ? trigger.config.cron : trigger?.kind).toBe(
        wanted.trigger,
      );
    }
    expect(made.title.length).toBeGreaterThan(2);
  }
});

it.each([
  [cases[0]?.says ?? '', 'Fetch example.com, summarise it in five sentences'],
  ['Please build me a workflow that detects the sentiment', 'Detects the sentiment'],
  ['...', 'Untitled workflow'],
  ['Email it to boss@example.com. Then stop', 'Email it to boss@example.com'],
])('names %j', (says, title) => {
  expect(withoutModel(says, undefined, known).title).toBe(title);
});

it('says which named agents have nothing to do in the draft', () => {
  const says =
    'Write a short note on a topic and ask me to approve it, then have the reviewer and the writer each check it';
  const { assumptions } = withoutModel(says, 'Note', known);
  expect(assumptions.filter((each) => each.startsWith('Not understood'))).toEqual([
    expect.stringMatching(/^Not understood: what @\w+( and @\w+)? should do\./),
  ]);
});

it('asks for an approval with the whole address', () => {
  const says = 'Write a note, ask me to approve it, then email it to boss@example.com';
  const ask = withoutModel(says, undefined, withMail).steps.find(({ type }) => type === 'approval');
  expect(ask?.config).toMatchObject({
    question: 'Shall this be done: Email it to boss@example.com?',
  });
});
