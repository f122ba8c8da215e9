/** Bodies for the documentation, by contract. A test holds each against its contract. */
export const bodyExamples: Readonly<Record<string, unknown>> = {
  'runs.start': { input: {}, mode: 'rehearsal', version: 'draft' },
  'runs.answer': { answer: { decision: 'approved', comment: 'Within the policy.' } },
  'runs.fork': { from: ['summary'], settings: { summary: { prompt: 'Be brief.' } } },
  'runs.debug': { breakpoints: { summary: 'steps.read.output.rows > 100' }, stepping: false },
  'runs.move-on': { move: 'over' },
  'runs.preview': { settings: { prompt: 'Be brief.' } },
  'runs.release': { settings: { prompt: 'Be brief.' } },
  'runs.send-event': { channel: 'paid/A-1', payload: { amount: 120 } },
  'workflows.publish': { note: 'First version' },
  'workflows.unpublish': { version: 3 },
  'workflows.promote': { replaces: 3 },
  'workflows.move-folder': { from: 'Sales', to: 'Sales/2026' },
  'workflows.organise': { folder: 'Sales/Reports', addTags: ['weekly'] },
  'workflows.edit': {
    edits: [
      { edit: 'renameNode', id: 'clean', name: 'Clean the rows' },
      { edit: 'setField', nodeId: 'note', path: ['prompt'], value: 'Name your sources.' },
    ],
  },
  'workflows.undo': { editId: '7d3c4f0e-5f0b-4e0e-9b57-2f8f6f1f0a11' },
  'suggestions.create': {
    title: 'Sources, please',
    edits: [{ edit: 'setField', nodeId: 'note', path: ['prompt'], value: 'Name your sources.' }],
  },
  'suggestions.update': { status: 'withdrawn' },
  'suggestions.decide': { accept: ['nodes/note'] },
  'comments.start': { anchor: { kind: 'workflow' }, body: 'Shall we split this in two?' },
  'comments.reply': { body: 'Yes: @[Ana](user:u1) has a draft.' },
  'comments.edit': { body: 'Yes, after the release.' },
  'comments.resolve': { resolved: true },
  'comments.read': { at: '2026-11-21T09:00:00.000Z' },
  'notifications.read': {},
  'locks.create': {
    nodeIds: ['report'],
    reason: 'Being reviewed',
    expiresAt: '2026-11-21T17:00:00.000Z',
  },
  'locks.change': { reason: 'Being reviewed once more' },
  'history.name': { name: 'Before the new prompt' },
  'history.rename': { name: 'Before the shorter prompt' },
  'history.restore': { from: { version: 3 } },
  'password-links.use': { password: 'a long sentence that I remember' },
  'shared-chats.post': {
    text: 'Where is my order?',
    key: '0d9f2a4e-6f3b-4c55-9a51-3a7b2f1c8d10',
  },
  'triggers.create': {
    kind: 'schedule',
    name: 'Morning report',
    config: { cron: '0 9 * * 1-5', timeZone: 'Europe/Berlin' },
  },
  'triggers.update': { enabled: false },
  'triggers.rotate-secret': { auth: { kind: 'stripe' }, secret: 'whsec_made_by_the_sender' },
  'triggers.test': { body: { order: 7 }, version: 'draft' },
  'agents.create': {
    handle: 'analyst',
    name: 'Analyst',
    description: 'Finds what the figures mean.',
    instructions: 'You explain figures in plain words.',
    model: 'auto',
  },
  'agents.update': {
    handle: 'analyst',
    name: 'Analyst',
    description: '',
    instructions: 'You explain figures in three sentences.',
    model: 'auto',
  },
  'chat.create': { agentId: '7d3c4f0e-5f0b-4e0e-9b57-2f8f6f1f0a11' },
  'chat.post': { text: 'What happened in the third quarter?' },
  'code.try': { source: 'return input.rows.length;', names: { input: { rows: [1, 2, 3] } } },
  'connections.create': {
    name: 'Shop',
    kind: 'bearer',
    config: { hosts: ['api.example.com'], testUrl: 'https://api.example.com/me' },
    secret: 'the token',
  },
  'connections.finish-sign-in': { state: 'from the address', code: 'from the address' },
  'connections.update': { secret: 'the next token' },
  'budgets.create': { scope: 'workspace', window: 'month', capUsd: '50', onBreach: 'ask' },
  'budgets.update': { capUsd: '75' },
  'models.put-price': { inputUsdPerMillion: '0.25', outputUsdPerMillion: '1.5' },
  'workflows.estimate': { version: 'draft' },
  'tables.create': {
    name: 'Customers',
    columns: [
      { name: 'email', type: 'text' },
      { name: 'orders', type: 'number' },
    ],
  },
  'tables.update': { name: 'Buyers' },
  'tables.add-rows': { rows: [{ email: 'ada@example.com', orders: 3 }] },
  'tables.update-row': { values: { orders: 4 } },
  'openapi-services.create': {
    name: 'Shop',
    url: 'https://api.example.com/openapi.json',
    connection: 'Shop',
  },
  'openapi-services.update': { serverUrl: 'https://api.example.com/v2' },
  'openapi-services.refresh': {},
  'models.put-key': { key: 'sk-…' },
  'set-up.create': {
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    password: 'several words in a row',
    workspaceName: 'Acme research',
  },
  'workspaces.create': { name: 'Acme research' },
  'workspaces.rename': { name: 'Acme research' },
  'people.set-tour': { state: 'on', step: 'connect' },
  'members.change-role': { role: 'editor' },
  'invitations.create': { email: 'grace@example.com', role: 'editor' },
  'invitations.sign-up': { name: 'Grace Hopper', password: 'several words in a row' },
  'api-keys.create': { name: 'Nightly report', expiresInDays: 90 },
};

/** A whole workflow, as short as one can be, for the first steps. */
export const workflowExample = `name: Hello
nodes:
  - id: greet
    type: transform
    name: Greet
    config: { expression: '"Hello, " + input.name' }
`;
