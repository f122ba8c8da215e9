import type { Operation, ServiceField, ServicePages } from '../schema';
import { defineService, inBody, must, operation } from './define-service';

const okAt: Operation['okAt'] = { ok: [], error: ['errors', '0', 'message'] };
const call = (
  id: string,
  title: string,
  query: string,
  fields: ServiceField[],
  more: Partial<Operation> = {},
) =>
  operation(id, title, 'POST /graphql', {
    ...{ body: { kind: 'graphql', required: true, query }, okAt, fields },
    ...more,
  });
const paged = (items: string): ServicePages => ({
  ...{ kind: 'cursor', field: 'after', items: ['data', items, 'nodes'] },
  ...{
    next: ['data', items, 'pageInfo', 'endCursor'],
    more: ['data', items, 'pageInfo', 'hasNextPage'],
  },
});
const issueParts =
  'id identifier title url priority state { id name } assignee { id name } team { id key }';
const pageParts = 'pageInfo { hasNextPage endCursor }';
const issue = { id: '', identifier: 'ENG-1', title: '', url: '', state: { id: '', name: '' } };
const first = inBody('first', 'Per page', {
  type: 'integer',
  fallback: '50',
  description: 'At most 250.',
});
const after = inBody('after', 'Cursor');
const id = inBody('id', 'Issue', { ...must, description: 'Its ID or key, such as ENG-123.' });
const priority = inBody('priority', 'Priority', {
  type: 'integer',
  at: ['input', 'priority'],
  description: '0: none, 1: urgent, 2: high, 3: medium, 4: low.',
});
const into = (name: string, title: string, more: Partial<ServiceField> = {}) =>
  inBody(name, title, { at: ['input', name], ...more });

export default defineService({
  name: 'linear',
  title: 'Linear',
  description: 'Issues, projects and teams.',
  aliases: ['ticket', 'issue'],
  docs: 'https://linear.app/developers/graphql',
  serverUrl: 'https://api.linear.app',
  auth: [
    {
      kind: 'api_key',
      hosts: ['api.linear.app'],
      in: 'header',
      name: 'Authorization',
      help: 'A personal API key: Settings, Security & access. It is sent without "Bearer".',
    },
  ],
  operations: [
    call(
      'create-issue',
      'Create an issue',
      `mutation($input: IssueCreateInput!) { issueCreate(input: $input) { success issue { ${issueParts} } } }`,
      [
        into('teamId', 'Team', { ...must, description: 'The ID of the team.' }),
        into('title', 'Title', must),
        into('description', 'Description', { description: 'Markdown.' }),
        into('assigneeId', 'Assignee'),
        into('stateId', 'Status'),
        into('projectId', 'Project'),
        into('labelIds', 'Labels', { type: 'list' }),
        into('dueDate', 'Due', { description: 'Such as 2026-05-28.' }),
        priority,
      ],
      { returns: { data: { issueCreate: { success: true, issue } } } },
    ),
    call(
      'update-issue',
      'Change an issue',
      `mutation($id: String!, $input: IssueUpdateInput!) { issueUpdate(id: $id, input: $input) { success issue { ${issueParts} } } }`,
      [
        id,
        into('title', 'Title'),
        into('description', 'Description', { description: 'Markdown.' }),
        into('assigneeId', 'Assignee'),
        into('stateId', 'Status'),
        into('labelIds', 'Labels', { type: 'list' }),
        priority,
      ],
      { returns: { data: { issueUpdate: { success: true, issue } } } },
    ),
    call(
      'list-issues',
      'List issues',
      `query($filter: IssueFilter, $first: Int, $after: String) { issues(filter: $filter, first: $first, after: $after) { nodes { ${issueParts} } ${pageParts} } }`,
      [
        inBody('filter', 'Filter', {
          type: 'object',
          description: 'Such as {"team":{"key":{"eq":"ENG"}}}.',
        }),
        ...[first, after],
      ],
      { reads: true, pages: paged('issues'), returns: { data: { issues: { nodes: [issue] } } } },
    ),
    call(
      'get-issue',
      'Get an issue',
      `query($id: String!) { issue(id: $id) { ${issueParts} description } }`,
      [id],
      { reads: true, returns: { data: { issue } } },
    ),
    call(
      'comment-issue',
      'Comment on an issue',
      'mutation($input: CommentCreateInput!) { commentCreate(input: $input) { success comment { id url } } }',
      [into('issueId', 'Issue', must), into('body', 'Text', { ...must, description: 'Markdown.' })],
      { returns: { data: { commentCreate: { success: true, comment: { id: '', url: '' } } } } },
    ),
    call(
      'list-teams',
      'List teams with their statuses',
      `query($first: Int, $after: String) { teams(first: $first, after: $after) { nodes { id key name states { nodes { id name type } } } ${pageParts} } }`,
      [first, after],
      {
        reads: true,
        pages: paged('teams'),
        returns: { data: { teams: { nodes: [{ id: '', key: '', name: '' }] } } },
      },
    ),
    call(
      'list-users',
      'List people',
      `query($first: Int, $after: String) { users(first: $first, after: $after) { nodes { id name email active } ${pageParts} } }`,
      [first, after],
      {
        reads: true,
        pages: paged('users'),
        returns: { data: { users: { nodes: [{ id: '', name: '', email: '' }] } } },
      },
    ),
  ],
});
