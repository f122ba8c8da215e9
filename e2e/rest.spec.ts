import { type APIRequestContext, expect } from '@playwright/test';
import { owner } from './support/owner';
import { test } from './support/test';

const taskList = {
  id: 'data-analysis-pipeline',
  name: 'Comprehensive data analysis',
  version: '1.0.0',
  tasks: [
    {
      id: 'fetch-data',
      name: 'Fetch raw data',
      agentId: 'data-fetcher',
      type: 'sequential',
      input: { prompt: 'Fetch the sales data of the last quarter' },
    },
    {
      id: 'clean-data',
      name: 'Clean and validate',
      agentId: 'data-cleaner',
      type: 'sequential',
      dependencies: ['fetch-data'],
      input: { prompt: 'Clean the data' },
    },
    {
      id: 'analyze-trends',
      name: 'Trend analysis',
      agentId: 'trend-analyzer',
      type: 'parallel',
      dependencies: ['clean-data'],
      input: { prompt: 'Analyse trends' },
    },
    {
      id: 'predict-future',
      name: 'Predictive analysis',
      agentId: 'ml-predictor',
      type: 'parallel',
      dependencies: ['clean-data'],
      input: { prompt: 'Predict the next quarter' },
    },
    {
      id: 'create-report',
      name: 'Executive report',
      agentId: 'report-generator',
      type: 'sequential',
      dependencies: ['analyze-trends', 'predict-future'],
      input: { prompt: 'Write the report' },
    },
  ],
};

async function signIn(request: APIRequestContext): Promise<void> {
  const answer = await request.post('/api/auth/sign-in/email', {
    data: { email: owner.email, password: owner.password },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

async function finished(request: APIRequestContext, id: string) {
  let run:
    | {
        status: string;
        steps: { nodeId: string; status: string; attempt: number }[];
        output?: unknown;
      }
    | undefined;
  await expect
    .poll(
      async () => {
        run = await (await request.get(`/api/v2/runs/${id}`)).json();
        return run?.status;
      },
      { timeout: 60_000 },
    )
    .toMatch(/succeeded|failed|cancelled/);
  return run;
}

test('health says that every part is ready', async ({ request }) => {
  const answer = await request.get('/api/health');
  expect(answer.status()).toBe(200);
  expect((await answer.json()).status).toBe('ok');
});

test('without a session nothing is told', async ({ request }) => {
  for (const path of ['workflows', 'runs', 'agents', 'threads', 'models', 'files']) {
    const answer = await request.get(`/api/v2/${path}`);
    expect(answer.status(), path).toBe(401);
    expect((await answer.json()).error.code).toBe('unauthenticated');
  }
});

test('a task list becomes a workflow, is published, and a rehearsed run finishes every step', async ({
  request,
}) => {
  await signIn(request);
  const created = await request.post('/api/v2/workflows', { data: taskList });
  expect(created.status(), await created.text()).toBe(201);
  const { id } = await created.json();

  const published = await request.post(`/api/v2/workflows/${id}/publish`);
  expect(published.status(), await published.text()).toBe(201);
  expect(await published.json()).toEqual({ version: 1 });

  const start = () =>
    request.post(`/api/v2/workflows/${id}/runs`, {
      data: { input: {}, mode: 'rehearsal' },
      headers: { 'idempotency-key': `once-${id}` },
    });
  const started = await start();
  expect(started.status(), await started.text()).toBe(202);
  const runId = (await started.json()).id;
  expect((await (await start()).json()).id, 'the same key starts nothing new').toBe(runId);

  const run = await finished(request, runId);
  expect(run?.status).toBe('succeeded');
  expect(run?.steps.map((step) => `${step.nodeId} ${step.status} ${step.attempt}`).sort()).toEqual(
    taskList.tasks.map((task) => `${task.id} succeeded 1`).sort(),
  );

  const events = await (await request.get(`/api/v2/runs/${runId}/events?after=0`)).json();
  expect(events.items.map((event: { seq: number }) => event.seq)).toEqual(
    events.items.map((_: unknown, index: number) => index + 1),
  );
});

test('a workflow survives the way out and in as JSON and as YAML', async ({ request }) => {
  await signIn(request);
  const { id } = await (await request.post('/api/v2/workflows', { data: taskList })).json();
  for (const format of ['json', 'yaml']) {
    const file = await (
      await request.get(`/api/v2/workflows/${id}/export?format=${format}`)
    ).text();
    const again = await request.post('/api/v2/workflows', {
      data: file,
      headers: { 'content-type': `application/${format}` },
    });
    expect(again.status(), await again.text()).toBe(201);
    const copy = (await again.json()).id;
    const second = await (
      await request.get(`/api/v2/workflows/${copy}/export?format=${format}`)
    ).text();
    expect(second).toBe(file);
  }
});

test('bad input is refused with a reason and changes nothing', async ({ request }) => {
  await signIn(request);
  const count = async () =>
    (await (await request.get('/api/v2/workflows?limit=200')).json()).items.length;
  const before = await count();
  const bodies: [string, string, number[]][] = [
    ['application/json', '{"name": ', [400]],
    ['application/yaml', 'name: [unclosed', [400]],
    ['text/html', '<p>', [415]],
    [
      'application/json',
      JSON.stringify({ name: 'x', nodes: [], edges: [], surprise: 1 }),
      [400, 422],
    ],
    ['application/json', '{"__proto__": {"x": 1}, "name": "x", "nodes": [], "edges": []}', [400]],
    [
      'application/json',
      JSON.stringify({ name: 'x', description: 'y'.repeat(3_000_000), nodes: [], edges: [] }),
      [413],
    ],
  ];
  for (const [type, body, statuses] of bodies) {
    const answer = await request.post('/api/v2/workflows', {
      data: body,
      headers: { 'content-type': type },
    });
    expect(statuses, `${type} ${body.slice(0, 40)}: ${await answer.text()}`).toContain(
      answer.status(),
    );
    const { error } = await answer.json();
    expect(error.message.length).toBeGreaterThan(10);
  }
  expect(await count()).toBe(before);
  const foreign = '00000000-0000-4000-8000-000000000000';
  for (const path of [
    `workflows/${foreign}`,
    `runs/${foreign}`,
    `threads/${foreign}`,
    `agents/${foreign}`,
  ]) {
    expect((await request.get(`/api/v2/${path}`)).status(), path).toBe(404);
  }
});

test('pages refuse foreign scripts and frames', async ({ request }) => {
  const { 'content-security-policy': policy, 'x-frame-options': frames } = (
    await request.get('/sign-in')
  ).headers();
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toContain('unsafe-eval');
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]{20,}';/);
  expect(policy).toContain("connect-src 'self';");
  const again = (await request.get('/sign-in')).headers()['content-security-policy'];
  expect(again).not.toBe(policy);
  expect(frames).toBe('DENY');
});

test('a script that is not of the page does not run, and the page itself breaks no rule', async ({
  page,
}) => {
  const broken: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) broken.push(message.text());
  });
  for (const path of ['/sign-in', '/docs', '/docs/nodes', '/no-such-page']) {
    await page.goto(path, { waitUntil: 'networkidle' });
  }
  expect(broken).toEqual([]);
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.body.append(script);
    return (window as { injected?: boolean }).injected === true;
  });
  expect(ran).toBe(false);
});

test('what is no request of ours is refused before any page sees it', async ({ request }) => {
  const strange = await request.fetch('/', { method: 'PROPFIND' });
  expect(strange.status()).toBe(405);
  const foreign = await request.get('/sign-in', { headers: { host: 'evil.example' } });
  expect(foreign.status()).toBe(403);
  expect((await request.get('/_next/image?url=%2Ficons%2Fensemble.svg&w=64&q=75')).status()).toBe(
    404,
  );
});
