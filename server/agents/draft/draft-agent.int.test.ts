import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openRoom, type Room } from '@/server/chat/testing/room';
import { ended } from '@/server/runs/testing/harness';
import { draftAgent } from './draft-agent';
import { tryAgent } from './try-agent';

let room: Room;
beforeAll(async () => {
  room = await openRoom();
});
beforeEach(() => void room.mock.clearFixtures().clearRequests());
afterAll(() => room.close());

const draft = (description: string, useModel = true) =>
  draftAgent(
    room.services,
    room.actor,
    { params: {}, query: {}, body: { description, useModel } },
    new Request('http://localhost/'),
  );
const answer = {
  ...{ name: 'Invoice checker', description: 'Checks invoices.', skills: ['invoices'] },
  instructions: 'You check invoices line by line and say which line is wrong, with the reason.',
  ...{ tools: ['web_read', 'nothing_here'], model: 'best', budgetUsd: 1 },
  ...{ assumptions: ['Invoices are in English.'], examples: ['Check invoice 12.'] },
};

it('a model drafts an agent in a run that is counted, with tools that are there', async () => {
  room.mock.onMessage(/checks invoices/, { content: JSON.stringify(answer) });
  const { agent, assumptions, made } = await draft('Somebody who checks invoices');
  expect(agent).toMatchObject({
    ...{ name: 'Invoice checker', handle: 'invoice-checker', skills: ['invoices'] },
    ...{ model: { mode: 'best' }, tools: [{ name: 'web_read', approval: 'policy' }] },
    limits: { budgetUsd: 1 },
  });
  expect(assumptions).toEqual(['Invoices are in English.', 'There is no tool nothing_here here.']);
  expect(made).toMatchObject({ by: 'model', role: null });
  expect(made.runs).toHaveLength(1);
  const { rows } = await room.services.pool.query(
    'select count(*)::int as agents from agent where handle = $1',
    [agent.handle],
  );
  expect(rows).toEqual([{ agents: 0 }]);
});

it('what is no agent is not taken: a role and rules make the draft, and it says so', async () => {
  room.mock.onMessage(/./, { content: '{"name": "x"}' });
  const { made, agent } = await draft('Reviews our code for security holes');
  expect(made).toMatchObject({ by: 'rules', role: 'Security reviewer' });
  expect(made.note).toContain('built-in role and rules');
  expect(agent.instructions).toContain('Reviews our code');
});

it('asks no model where none is wanted', async () => {
  const { made } = await draft('Deploys releases', false);
  expect(made).toMatchObject({ by: 'rules', role: 'Deployer', runs: [] });
  expect(room.mock.getRequests()).toEqual([]);
});

it('a try runs with the draft’s instructions, and only with tools that read', async () => {
  room.mock.onMessage(/Is 12 right/, { content: 'Yes, 12 is right.' });
  const { id, tools, left } = await tryAgent(room.services, room.actor, {
    ...{ params: {}, query: {} },
    body: {
      input: 'Is 12 right?',
      agent: {
        ...{ name: 'Checker', instructions: 'You check {{ numbers }}.', model: 'auto' },
        tools: [
          { name: 'calculate', approval: 'policy' },
          { name: 'http_request', approval: 'never' },
          { name: 'agent_delegate', approval: 'never' },
        ],
      },
    },
  });
  expect([tools, left]).toEqual([['calculate'], ['http_request', 'agent_delegate']]);
  expect(await ended(room.services, id)).toMatchObject({ output: { text: 'Yes, 12 is right.' } });
  const sent = JSON.stringify(room.mock.getRequests());
  expect(sent).toContain('You check {{ numbers }}.');
  expect(sent).not.toContain('agent_delegate');
});
