import type { ServicePages } from '../schema';
import {
  defineService,
  inBody,
  inPath,
  inQuery,
  inServer,
  json,
  must,
  operation,
} from './define-service';

const site = inServer('site', 'Site', {
  description: 'The first part of the address: your-site in your-site.atlassian.net.',
});
const issue = inPath('issueIdOrKey', 'Issue', { description: 'Its key, such as SHOP-12.' });
const text = (name: string, title: string, at: string[], more: object = {}) =>
  inBody(name, title, {
    at,
    type: 'object',
    description: 'A document of Atlassian (ADF), as JSON.',
    ...more,
  });
const found: ServicePages = {
  kind: 'cursor',
  items: ['issues'],
  field: 'nextPageToken',
  next: ['nextPageToken'],
};

export default defineService({
  name: 'jira',
  title: 'Jira',
  description: 'Issues and projects of Jira Cloud.',
  aliases: ['ticket', 'issue', 'atlassian'],
  docs: 'https://developer.atlassian.com/cloud/jira/platform/rest/v3/',
  serverUrl: 'https://{site}.atlassian.net',
  auth: [
    {
      kind: 'basic',
      hosts: [],
      help: 'Your email as the user name and an API token as the password: id.atlassian.com, Security. The host is your-site.atlassian.net.',
    },
  ],
  operations: [
    operation('search-issues', 'Search issues', 'GET /rest/api/3/search/jql', {
      pages: found,
      fields: [
        site,
        inQuery('jql', 'JQL', {
          ...must,
          description: 'Such as project = SHOP AND status = "To Do".',
        }),
        inQuery('fields', 'Fields', {
          type: 'list',
          style: 'comma',
          description: 'Such as summary,status, or *all. Without it only IDs are given.',
        }),
        inQuery('maxResults', 'Per page', { type: 'integer', fallback: '50' }),
        inQuery('expand', 'Expand'),
        inQuery('nextPageToken', 'Page token'),
      ],
      returns: {
        issues: [{ id: '', key: '', fields: { summary: '' } }],
        isLast: true,
        nextPageToken: '',
      },
    }),
    operation('get-issue', 'Get an issue', 'GET /rest/api/3/issue/{issueIdOrKey}', {
      fields: [
        site,
        issue,
        inQuery('fields', 'Fields', { type: 'list', style: 'comma' }),
        inQuery('expand', 'Expand'),
      ],
      returns: { id: '', key: '', fields: { summary: '', status: { name: '' } } },
    }),
    operation('create-issue', 'Create an issue', 'POST /rest/api/3/issue', {
      body: json,
      fields: [
        site,
        inBody('project', 'Project', {
          ...must,
          at: ['fields', 'project', 'key'],
          description: 'Its key, such as SHOP.',
        }),
        inBody('issuetype', 'Type', {
          ...must,
          at: ['fields', 'issuetype', 'name'],
          description: 'Such as Task, Bug or Story.',
        }),
        inBody('summary', 'Summary', { ...must, at: ['fields', 'summary'] }),
        text('description', 'Description', ['fields', 'description']),
        inBody('assignee', 'Assignee', {
          at: ['fields', 'assignee', 'id'],
          description: 'The ID of an account.',
        }),
        inBody('priority', 'Priority', { at: ['fields', 'priority', 'name'] }),
        inBody('labels', 'Labels', { type: 'list', at: ['fields', 'labels'] }),
        inBody('parent', 'Parent', { at: ['fields', 'parent', 'key'] }),
      ],
      returns: { id: '10000', key: 'SHOP-1', self: '' },
    }),
    operation('update-issue', 'Change an issue', 'PUT /rest/api/3/issue/{issueIdOrKey}', {
      body: json,
      fields: [
        site,
        issue,
        inBody('summary', 'Summary', { at: ['fields', 'summary'] }),
        text('description', 'Description', ['fields', 'description']),
        inBody('priority', 'Priority', { at: ['fields', 'priority', 'name'] }),
        inBody('labels', 'Labels', { type: 'list', at: ['fields', 'labels'] }),
        inBody('update', 'Operations', {
          type: 'object',
          description: 'Operations such as {"labels":[{"add":"new"}]}.',
        }),
      ],
      returns: '',
    }),
    operation(
      'comment-issue',
      'Comment on an issue',
      'POST /rest/api/3/issue/{issueIdOrKey}/comment',
      {
        body: json,
        fields: [site, issue, text('body', 'Text', ['body'], must)],
        returns: { id: '', self: '' },
      },
    ),
    operation(
      'list-transitions',
      'List where an issue can go',
      'GET /rest/api/3/issue/{issueIdOrKey}/transitions',
      {
        fields: [site, issue],
        returns: { transitions: [{ id: '31', name: 'Done' }] },
      },
    ),
    operation(
      'transition-issue',
      'Move an issue to another status',
      'POST /rest/api/3/issue/{issueIdOrKey}/transitions',
      {
        body: json,
        fields: [
          site,
          issue,
          inBody('transition', 'Transition', {
            ...must,
            at: ['transition', 'id'],
            description: 'Its ID, see List where an issue can go.',
          }),
        ],
        returns: '',
      },
    ),
    operation('find-users', 'Find people', 'GET /rest/api/3/user/search', {
      fields: [
        site,
        inQuery('query', 'Name or email', must),
        inQuery('maxResults', 'Maximum', { type: 'integer', fallback: '50' }),
      ],
      returns: [{ accountId: '', displayName: '', active: true }],
    }),
  ],
});
