import type { ServicePages } from '../schema';
import {
  bearer,
  defineService,
  inBody,
  inPath,
  inQuery,
  json,
  must,
  operation,
} from './define-service';

const headers = { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' };
const pages = (items: string[] = []): ServicePages => ({ kind: 'link', items });
const owner = inPath('owner', 'Owner', { description: 'A person or organisation.' });
const repo = inPath('repo', 'Repository', { description: 'Its name without the owner.' });
const number = inPath('issue_number', 'Number', {
  type: 'integer',
  description: 'Of the issue or pull request.',
});
const perPage = inQuery('per_page', 'Per page', {
  type: 'integer',
  fallback: '30',
  description: 'At most 100.',
});
const page = inQuery('page', 'Page', { type: 'integer', fallback: '1' });
const issue = { number: 1, title: '', state: 'open', html_url: '', body: '', user: { login: '' } };

export default defineService({
  name: 'github',
  title: 'GitHub',
  description: 'Issues, pull requests, files and actions of repositories.',
  aliases: ['git', 'repository', 'issue', 'pull request'],
  docs: 'https://docs.github.com/en/rest',
  serverUrl: 'https://api.github.com',
  auth: [
    bearer(['api.github.com'], 'A personal access token: github.com/settings/tokens.', {
      testUrl: 'https://api.github.com/user',
    }),
  ],
  operations: [
    operation('create-issue', 'Create an issue', 'POST /repos/{owner}/{repo}/issues', {
      group: 'Issues',
      body: json,
      headers,
      fields: [
        ...[owner, repo],
        inBody('title', 'Title', must),
        inBody('body', 'Text', { description: 'Markdown.' }),
        inBody('labels', 'Labels', { type: 'list' }),
        inBody('assignees', 'Assignees', { type: 'list', description: 'Login names.' }),
        inBody('milestone', 'Milestone', { type: 'integer' }),
      ],
      returns: issue,
    }),
    operation('list-issues', 'List issues', 'GET /repos/{owner}/{repo}/issues', {
      group: 'Issues',
      description: 'Pull requests are among them: they have "pull_request".',
      headers,
      pages: pages(),
      fields: [
        ...[owner, repo],
        inQuery('state', 'State', { options: ['open', 'closed', 'all'], fallback: 'open' }),
        inQuery('labels', 'Labels', { type: 'list', style: 'comma' }),
        inQuery('assignee', 'Assignee'),
        inQuery('since', 'Changed since', { description: 'A time such as 2026-01-31T00:00:00Z.' }),
        inQuery('sort', 'Order by', {
          options: ['created', 'updated', 'comments'],
          fallback: 'created',
        }),
        inQuery('direction', 'Direction', { options: ['asc', 'desc'], fallback: 'desc' }),
        ...[perPage, page],
      ],
      returns: [issue],
    }),
    operation(
      'update-issue',
      'Change an issue',
      'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
      {
        group: 'Issues',
        body: json,
        headers,
        fields: [
          ...[owner, repo, number],
          inBody('title', 'Title'),
          inBody('body', 'Text', { description: 'Markdown.' }),
          inBody('state', 'State', { options: ['open', 'closed'] }),
          inBody('state_reason', 'Reason', {
            options: ['completed', 'not_planned', 'duplicate', 'reopened'],
          }),
          inBody('labels', 'Labels', {
            type: 'list',
            description: 'In place of those that it has.',
          }),
          inBody('assignees', 'Assignees', { type: 'list' }),
        ],
        returns: issue,
      },
    ),
    operation(
      'comment-issue',
      'Comment on an issue or pull request',
      'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
      {
        group: 'Issues',
        body: json,
        headers,
        fields: [
          ...[owner, repo, number],
          inBody('body', 'Text', { ...must, description: 'Markdown.' }),
        ],
        returns: { id: 1, html_url: '', body: '' },
      },
    ),
    operation('search-issues', 'Search issues and pull requests', 'GET /search/issues', {
      group: 'Issues',
      headers,
      pages: pages(['items']),
      fields: [
        inQuery('q', 'Search', {
          ...must,
          description: 'Such as repo:owner/name is:issue is:open bug.',
        }),
        inQuery('sort', 'Order by', {
          options: ['comments', 'reactions', 'interactions', 'created', 'updated'],
        }),
        inQuery('order', 'Direction', { options: ['asc', 'desc'], fallback: 'desc' }),
        ...[perPage, page],
      ],
      returns: { total_count: 1, incomplete_results: false, items: [issue] },
    }),
    operation('list-pulls', 'List pull requests', 'GET /repos/{owner}/{repo}/pulls', {
      group: 'Pull requests',
      headers,
      pages: pages(),
      fields: [
        ...[owner, repo],
        inQuery('state', 'State', { options: ['open', 'closed', 'all'], fallback: 'open' }),
        inQuery('base', 'Base branch'),
        inQuery('head', 'Head', { description: 'Owner and branch, such as octocat:fix.' }),
        ...[perPage, page],
      ],
      returns: [{ ...issue, head: { ref: '' }, base: { ref: '' } }],
    }),
    operation('create-pull', 'Create a pull request', 'POST /repos/{owner}/{repo}/pulls', {
      group: 'Pull requests',
      body: json,
      headers,
      fields: [
        ...[owner, repo],
        inBody('title', 'Title', must),
        inBody('head', 'Head', { ...must, description: 'The branch with the changes.' }),
        inBody('base', 'Base', { ...must, description: 'The branch that takes them.' }),
        inBody('body', 'Text', { description: 'Markdown.' }),
        inBody('draft', 'Draft', { type: 'boolean' }),
      ],
      returns: { ...issue, head: { ref: '' }, base: { ref: '' } },
    }),
    operation('read-file', 'Read a file', 'GET /repos/{owner}/{repo}/contents/{path}', {
      group: 'Files',
      description: 'Its content comes as base64.',
      headers,
      fields: [
        ...[owner, repo],
        inPath('path', 'Path', { style: 'slashes' }),
        inQuery('ref', 'Branch, tag or commit'),
      ],
      returns: { name: '', path: '', sha: '', encoding: 'base64', content: '' },
    }),
    operation(
      'write-file',
      'Create or change a file',
      'PUT /repos/{owner}/{repo}/contents/{path}',
      {
        group: 'Files',
        body: json,
        headers,
        fields: [
          ...[owner, repo, inPath('path', 'Path', { style: 'slashes' })],
          inBody('message', 'Commit message', must),
          inBody('content', 'Content', { ...must, description: 'As base64.' }),
          inBody('sha', 'SHA of the file that is replaced', {
            description: 'Needed where there is one already.',
          }),
          inBody('branch', 'Branch'),
        ],
        returns: { content: { path: '', sha: '' }, commit: { sha: '' } },
      },
    ),
    operation(
      'run-workflow',
      'Run a GitHub Actions workflow',
      'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
      {
        group: 'Actions',
        description: 'The workflow needs the trigger workflow_dispatch.',
        body: json,
        headers,
        fields: [
          ...[
            owner,
            repo,
            inPath('workflow_id', 'Workflow', {
              description: 'Its ID or file name, such as build.yml.',
            }),
          ],
          inBody('ref', 'Branch or tag', must),
          inBody('inputs', 'Inputs', { type: 'object' }),
        ],
        returns: '',
      },
    ),
  ],
});
