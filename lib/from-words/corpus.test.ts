import { expect, it } from 'vitest';
import { catalogue as roles } from '@/lib/agents/roles/catalogue';
import { catalogue } from '@/lib/nodes/catalogue';
import { compile } from '@/lib/workflows/compile';
import { findProblems } from '@/lib/workflows/problems/problems';
import { definitionOf } from './drafted';
import { corpus, type Expected } from './testing/corpus';
import { fresh } from './testing/fresh';
import { readDraft } from './testing/read-draft';
import { withoutModel } from './without-model';

const known = {
  ...{ agents: Object.keys(roles), me: 'ana@example.com', timeZone: 'UTC' },
  ...{ mail: 'Mail server', mailbox: 'Support inbox' },
  members: [
    { name: 'Ana Ortiz', email: 'ana@example.com' },
    { name: 'Ben Ito', email: 'ben@example.com' },
    { name: 'Carla Diaz', email: 'carla@example.com' },
    { name: 'Chris Moore', email: 'chris@example.com' },
    { name: 'Chris Young', email: 'cyoung@example.com' },
  ],
};
const connections = [
  { name: 'Mail server', kind: 'smtp', workflowIds: null, userIds: null },
  { name: 'Support inbox', kind: 'imap', workflowIds: null, userIds: null },
] as const;

/** What a draft gets wrong, a line each. */
function faultsOf({ says, trigger, paths, approver, to = [], admits }: Expected): string[] {
  const made = withoutModel(says, undefined, known);
  const read = readDraft(made);
  const wanted = { trigger, paths: paths.toSorted(), approver, to: [...to] };
  const said = admits === undefined || made.assumptions.some((each) => admits.test(each));
  return [
    ...(['trigger', 'paths', 'approver', 'to'] as const).flatMap((key) => {
      const [is, be] = [JSON.stringify(read[key]), JSON.stringify(wanted[key])];
      return is === be ? [] : [`${key}: ${is}, expected ${be}`];
    }),
    ...(said ? [] : [`does not say ${admits}`]),
  ];
}

/** Descriptions that no rule reads as they are meant. Fewer is better; more is a step back. */
it.each([
  ['corpus', corpus, 84],
  ['fresh', fresh, 6],
] as const)('reads descriptions as people mean them: %s', (name, cases, atLeast) => {
  const wrong = cases.flatMap((one) => {
    const faults = faultsOf(one);
    return faults.length === 0 ? [] : [`${one.says}\n   ${faults.join('\n   ')}`];
  });
  process.stdout.write(
    `${name}: ${cases.length - wrong.length} of ${cases.length} right\n${wrong.join('\n')}\n`,
  );
  expect(cases.length - wrong.length).toBeGreaterThanOrEqual(atLeast);
});

it.each([...corpus, ...fresh].map(({ says }) => says))('drafts without a problem: %s', (says) => {
  for (const some of [known, { ...known, mail: undefined, mailbox: undefined, members: [] }]) {
    const { mail, mailbox, ...rest } = some;
    const made = withoutModel(says, undefined, {
      ...rest,
      ...(mail === undefined ? {} : { mail }),
      ...(mailbox === undefined ? {} : { mailbox }),
    });
    const definition = definitionOf(made, catalogue);
    const given = { agents: known.agents, connections: mail === undefined ? [] : [...connections] };
    expect(findProblems(definition, catalogue, given)).toEqual([]);
    expect(compile(definition, catalogue).steps.length).toBeGreaterThan(0);
  }
});
