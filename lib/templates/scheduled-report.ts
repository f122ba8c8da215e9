import { defineTemplate, startStep } from './define-template';

const repository = 'steps.fetch.output.body';

export default defineTemplate({
  name: 'scheduled-report',
  title: 'Scheduled report',
  job: 'Fetches fresh figures, analyses them and writes a short report. Publish it, then open Triggers and add a schedule, such as every Monday at 09:00.',
  area: 'Operations',
  steps: [
    startStep(
      ['repository', 'text', 'nodejs/node', 'Owner and name of a public repository on GitHub.'],
      ['audience', 'text', 'the team that maintains it', 'Who reads the report.'],
    ),
    {
      id: 'fetch',
      type: 'http',
      name: 'Fetch the figures',
      config: { url: 'https://api.github.com/repos/{{ steps.start.output.repository }}' },
      pinnedOutput: {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: {
          full_name: 'nodejs/node',
          description: 'Node.js JavaScript runtime',
          stargazers_count: 112_000,
          forks_count: 31_500,
          open_issues_count: 1_850,
          pushed_at: '2026-11-20T16:40:00Z',
        },
      },
    },
    {
      id: 'figures',
      type: 'transform',
      name: 'Work out the figures',
      config: {
        fields: [
          { id: 'name', name: 'name', expression: `${repository}.full_name` },
          { id: 'stars', name: 'stars', expression: `${repository}.stargazers_count` },
          { id: 'forks', name: 'forks', expression: `${repository}.forks_count` },
          { id: 'open', name: 'open', expression: `${repository}.open_issues_count` },
          { id: 'pushed', name: 'pushed', expression: `${repository}.pushed_at` },
          {
            id: 'load',
            name: 'issues_per_thousand_stars',
            expression: `${repository}.stargazers_count > 0 ? 1000.0 * double(${repository}.open_issues_count) / double(${repository}.stargazers_count) : 0.0`,
          },
        ],
      },
    },
    {
      id: 'write',
      type: 'agent',
      name: 'Write the summary',
      config: {
        agent: 'writer',
        prompt: `Write three sentences for {{ steps.start.output.audience }}: how {{ steps.figures.output.name }} stands, what stands out, and what to look at first. Use these figures and no others.

Stars: {{ steps.figures.output.stars }}
Forks: {{ steps.figures.output.forks }}
Open issues: {{ steps.figures.output.open }}
Open issues per thousand stars: {{ formatNumber(steps.figures.output.issues_per_thousand_stars, 1) }}
Last change: {{ steps.figures.output.pushed }}`,
      },
    },
    {
      id: 'report',
      type: 'output',
      name: 'Report',
      config: {
        format: 'markdown',
        template: `# {{ steps.figures.output.name }}

{{ steps.write.output.text }}

| Figure | Value |
| --- | ---: |
| Stars | {{ formatNumber(steps.figures.output.stars) }} |
| Forks | {{ formatNumber(steps.figures.output.forks) }} |
| Open issues | {{ formatNumber(steps.figures.output.open) }} |
| Open issues per thousand stars | {{ formatNumber(steps.figures.output.issues_per_thousand_stars, 1) }} |

Last change: {{ steps.figures.output.pushed }}`,
      },
    },
  ],
  ways: ['start > fetch > figures > write > report'],
});
