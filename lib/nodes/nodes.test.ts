import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readTextFile } from '@/lib/files/read-text-file';
import { feedFrom, pageFrom } from '@/lib/markup/read-markup';
import { catalogue } from './catalogue';
import {
  type HttpAnswer,
  type HttpRequest,
  type NodeContext,
  nodeGroups,
  StepError,
} from './node-type/define-node';
import { portsOf } from './node-type/ports';
import { scopeFunctions } from './node-type/scope-functions';

type Asked = { requests: HttpRequest[]; prompts: unknown[]; notes: string[] };
const usage = { inputTokens: 1, outputTokens: 1, costUsd: 0 };
const answer = {
  ...{ parts: [], toolCalls: [], finish: 'stop' as const },
  text: 'Hello',
  value: { a: 1 },
  provider: 'rehearsal' as const,
  model: 'script',
  rehearsed: true,
  reason: 'No key.',
  usage,
};

async function run(
  type: string,
  config: object,
  given: { input?: unknown; file?: string; http?: HttpAnswer; mode?: 'live' | 'rehearsal' } = {},
) {
  const node = catalogue[type];
  if (!node) throw new Error(`no ${type}`);
  const asked: Asked = { requests: [], prompts: [], notes: [] };
  const steps = { before: { output: { rows: [{ n: 2 }, { n: 3 }] } } };
  const scope = {
    input: given.input ?? {},
    steps,
    run: { id: 'r', mode: given.mode ?? ('live' as const), startedAt: '' },
  };
  const context: NodeContext = {
    ...scopeFunctions(scope),
    read: async (file, settings) => readTextFile(file, settings),
    team: async () => ({ agents: [], not: [], acted: [] }),
    async model(request) {
      asked.prompts.push(request);
      return answer;
    },
    openTask: () => Promise.reject(new Error('no tasks')),
    spentBelow: async () => 0,
    keepTurn: () => Promise.reject(new Error('no tasks')),
    callTool: () => Promise.reject(new Error('no tools')),
    agent: async (handle) =>
      handle === 'analyst'
        ? { handle, name: 'Analyst', instructions: 'Analyse.', model: 'auto' }
        : undefined,
    feed: async (bytes) => feedFrom(bytes),
    page: async (job) => pageFrom(job),
    code: () => Promise.reject(new Error('no sandbox')),
    file: async (name) => ({
      name,
      mediaType: 'text/plain',
      bytes: new TextEncoder().encode(given.file ?? ''),
    }),
    async http(request) {
      asked.requests.push(request);
      return given.http ?? { status: 200, headers: {}, text: '' };
    },
    service: () => Promise.reject(new Error('no services')),
    saveFile: () => Promise.reject(new Error('no files')),
    note: (reason) => void asked.notes.push(reason),
    now: () => 1_000,
    memo: undefined,
    resumed: undefined,
    arrived: [],
    children: async () => [],
    hydrate: async (value) => value,
    notify: async () => ({ reached: true }),
    operation: () => Promise.reject(new Error('no services')),
    idempotencyKey: 'r/s',
    signal: new AbortController().signal,
  };
  const parsed = node.config.parse(config);
  const output =
    node.kind === 'switch' ? await node.choose(context, parsed) : await node.run(context, parsed);
  return { output, ...asked };
}

describe('every node', () => {
  it.each(Object.entries(catalogue))(
    '%s says what a palette, a form and the docs need',
    (name, node) => {
      expect(node.type).toBe(name);
      expect(nodeGroups).toContain(node.group);
      expect(node.summary).toMatch(/\.$/);
      expect(node.icon).toMatch(/^[a-z0-9-]+$/);
      expect(node.sample).toBeDefined();
      const schema = z.toJSONSchema(node.config, { io: 'input' }) as {
        properties?: Record<string, { title?: string }>;
      };
      for (const [field, one] of Object.entries(schema.properties ?? {}))
        expect([field, one.title]).toEqual([field, expect.any(String)]);
    },
  );
});

describe('start', () => {
  const inputs = [
    { id: '1', name: 'count', type: 'number', required: true },
    { id: '2', name: 'on', type: 'boolean', default: 'true' },
    { id: '3', name: 'data', type: 'json' },
    { id: '4', name: 'title', type: 'text' },
  ];
  it('coerces, fills defaults and refuses plainly', async () => {
    const { output } = await run(
      'start',
      { inputs },
      { input: { count: ' 4 ', data: '{"a":1}', title: 5 } },
    );
    expect(output).toEqual({ count: 4, on: true, data: { a: 1 }, title: '5' });
    await expect(
      run('start', { inputs }, { input: { on: 'maybe', data: '{', title: {}, nme: 1 } }),
    ).rejects.toThrow(
      'There is no input "nme". This workflow’s inputs: count, on, data, title. The input "count" is missing. The input "on" must be true or false. The input "data" must be JSON. The input "title" must be a text.',
    );
    await expect(run('start', { inputs }, { input: [1] })).rejects.toMatchObject({
      code: 'invalid_input',
      retryable: false,
    });
  });
  it('passes anything on when it declares nothing', async () => {
    expect((await run('start', {}, { input: { x: 1 } })).output).toEqual({ x: 1 });
  });
});

describe('agent', () => {
  it('asks with its instructions and the rendered task', async () => {
    const schema = '{"type":"object","properties":{"a":{"type":"number"}}}';
    const { output, prompts, notes } = await run('agent', {
      agent: 'analyst',
      prompt: 'Sum {{ steps.before.output.rows.sum("n") }}',
      outputSchema: schema,
    });
    expect(prompts).toMatchObject([
      {
        policy: 'auto',
        system: 'Analyse.',
        messages: [{ role: 'user', content: 'Sum 5' }],
        outputSchema: { type: 'object' },
      },
    ]);
    expect(output).toEqual({
      text: 'Hello',
      value: { a: 1 },
      agent: 'analyst',
      model: 'rehearsal/script',
      rehearsed: true,
    });
    expect(notes).toEqual(['No key.']);
  });
  it('lets a general assistant stand in for an unknown one, and says so', async () => {
    const model = { provider: 'openai', model: 'x' };
    const { output, prompts, notes } = await run('agent', {
      agent: 'data-cleaner',
      prompt: 'Hi',
      model,
    });
    expect(prompts).toMatchObject([
      { policy: model, system: expect.stringContaining('"Data cleaner"') },
    ]);
    expect(output).toMatchObject({ agent: 'data-cleaner' });
    expect(notes[0]).toContain('There is no agent "data-cleaner" in this workspace');
  });
});

describe('model', () => {
  it('passes its settings on', async () => {
    const { prompts } = await run(
      'model',
      { system: 'Be {{ input.how }}', prompt: 'Hi', temperature: 0.5, maxTokens: 9 },
      { input: { how: 'brief' } },
    );
    expect(prompts).toMatchObject([
      { policy: 'auto', system: 'Be brief', temperature: 0.5, maxTokens: 9 },
    ]);
  });
});

describe('read-file', () => {
  it('reads CSV with numbers, gaps and codes', async () => {
    const file = '\ufeffname, n,code,n\n"Tea, green",1.5,007,\n\n Coffee ,-2000,,x\n';
    expect((await run('read-file', { file: 'a.csv' }, { file })).output).toEqual({
      name: 'a.csv',
      format: 'csv',
      columns: ['name', 'n', 'code', 'n_2'],
      rows: [
        { name: 'Tea, green', n: 1.5, code: '007', n_2: null },
        { name: 'Coffee', n: -2000, code: null, n_2: 'x' },
      ],
      rowCount: 2,
    });
  });
  it('reads JSON and text, by name or as told', async () => {
    expect(
      (
        await run(
          'read-file',
          { file: '{{ input.f }}' },
          { file: '[{"a":1}]', input: { f: 'a.json' } },
        )
      ).output,
    ).toMatchObject({ format: 'json', rows: [{ a: 1 }], rowCount: 1 });
    expect((await run('read-file', { file: 'a.md' }, { file: '# Hi' })).output).toEqual({
      name: 'a.md',
      format: 'text',
      text: '# Hi',
    });
    expect(
      (await run('read-file', { file: 'a.txt', format: 'csv' }, { file: 'a;b\n1;2' })).output,
    ).toMatchObject({ rows: [{ a: 1, b: 2 }] });
  });
  it.each([
    ['a.csv', '', 'The file is empty.'],
    ['a.csv', 'a,b\n1,2,3', 'Line 2, column 5: this row has 3 cells'],
    ['a.csv', 'a\n"x', 'Line 2, column 1: the quote that opens here is never closed'],
    ['a.csv', `a\n${'1\n'.repeat(50_001)}`, 'more than 50000 rows'],
    ['a.json', '{', 'not valid JSON'],
    ['a.txt', 'a\0b', 'Line 1, column 2: a NUL character'],
    ['a.txt', 'x'.repeat(8_388_609), 'larger than 8 MB'],
  ])('refuses %s %#', async (file, content, message) => {
    await expect(run('read-file', { file }, { file: content })).rejects.toThrow(message);
  });
});

describe('transform', () => {
  it('works fields out from top to bottom', async () => {
    const fields = [
      { id: '1', name: 'total', expression: 'steps.before.output.rows.sum("n")' },
      { id: '2', name: 'half', expression: 'fields.total / 2' },
    ];
    expect((await run('transform', { fields })).output).toEqual({ total: 5, half: 2.5 });
    expect((await run('transform', { expression: '[1, 2]' })).output).toEqual([1, 2]);
    await expect(run('transform', { expression: 'input.nope + 1' })).rejects.toThrow(
      'input has no field "nope". (in "input.nope")',
    );
    await expect(run('transform', { expression: 'input.nope' })).rejects.toMatchObject({
      code: 'expression_failed',
      retryable: false,
    });
  });
});

describe('switch', () => {
  const cases = [
    { id: 'big', label: 'Big', condition: 'input.n > 3' },
    { id: 'even', label: '', condition: 'input.n % 2 == 0' },
  ];
  it.each([
    ['first', 4, ['big']],
    ['all', 4, ['big', 'even']],
    ['all', 2, ['even']],
    ['first', 1, ['else']],
  ])('takes %s of %d: %j', async (mode, n, ports) => {
    expect((await run('switch', { cases, mode }, { input: { n } })).output).toMatchObject({
      ports,
      reason: expect.any(String),
    });
  });
  it('has a port per case and one for the rest, even half-written', () => {
    const node = catalogue.switch;
    if (!node) throw new Error('no switch');
    expect(portsOf(node, { cases }).map((port) => port.label)).toEqual(['Big', 'Case 2', 'Else']);
    expect(portsOf(node, {})).toHaveLength(1);
  });
  it('wants true or false', async () => {
    await expect(run('switch', { cases: [{ id: 'a', condition: '1' }] })).rejects.toThrow(
      'must be true or false',
    );
  });
});

describe('http', () => {
  const ok = (status: number, text: string, type = 'application/json; charset=utf-8') => ({
    http: { status, headers: { 'content-type': type }, text },
  });
  it('sends rendered parts with the idempotency key and parses JSON', async () => {
    const config = {
      method: 'POST',
      url: 'https://x.test/{{ input.id }}',
      headers: [{ id: 'h', name: 'X-A', value: '{{ 1 + 1 }}' }],
      body: '{{ {"a": 1} }}',
    };
    const { output, requests } = await run('http', config, {
      input: { id: 7 },
      ...ok(201, '{"b":2}'),
    });
    expect(output).toMatchObject({ status: 201, body: { b: 2 } });
    expect(requests).toMatchObject([
      {
        method: 'POST',
        url: 'https://x.test/7',
        body: '{"a":1}',
        headers: { 'x-a': '2', 'content-type': 'application/json', 'idempotency-key': 'r/s' },
      },
    ]);
  });
  it('sends no body and no key with GET, and keeps text as text', async () => {
    const { output, requests } = await run(
      'http',
      { url: 'https://x.test', body: 'x' },
      ok(200, '{', 'text/html'),
    );
    expect(requests[0]?.body).toBeUndefined();
    expect(requests[0]?.headers).toEqual({});
    expect(output).toMatchObject({ body: '{' });
  });
  it.each([
    [500, true],
    [429, true],
    [408, true],
    [404, false],
    [302, false],
  ])('fails on %d, retryable %s', async (status, retryable) => {
    await expect(run('http', { url: 'https://x.test' }, ok(status, 'no'))).rejects.toMatchObject({
      code: 'http_status',
      retryable,
    });
    expect(
      (await run('http', { url: 'https://x.test', expect: `2xx, ${status}` }, ok(status, '1')))
        .output,
    ).toMatchObject({ status });
  });
  it.each([
    ['POST', 0],
    ['DELETE', 0],
    ['GET', 1],
  ])('in a rehearsal %s is sent %d times', async (method, times) => {
    const { output, requests, notes } = await run(
      'http',
      { method, url: 'https://x.test' },
      { ...ok(200, '{}'), mode: 'rehearsal' },
    );
    expect(requests).toHaveLength(times);
    expect(output).toMatchObject({ status: 200 });
    expect(notes.join()).toBe(
      times
        ? ''
        : `Rehearsed: ${method} https://x.test was not sent, since it could change something.`,
    );
  });
  it('refuses line breaks in headers', async () => {
    const headers = [{ id: 'h', name: 'X-A', value: '{{ input.v }}' }];
    await expect(
      run('http', { url: 'https://x.test', headers }, { input: { v: 'a\r\nB: c' } }),
    ).rejects.toBeInstanceOf(StepError);
  });
});

describe('output', () => {
  it('makes text, Markdown or any value', async () => {
    expect(
      (await run('output', { template: '# {{ input.t }}' }, { input: { t: 'Hi' } })).output,
    ).toEqual({ format: 'markdown', text: '# Hi' });
    expect(
      (await run('output', { format: 'json', expression: 'steps.before.output.rows' })).output,
    ).toEqual([{ n: 2 }, { n: 3 }]);
  });
  it('wants the field of its format', () => {
    const messages = (config: object) =>
      catalogue.output?.config.safeParse(config).error?.issues.map((issue) => issue.message);
    expect(messages({ format: 'json', template: 'x' })).toEqual([
      'Enter the expression of the result.',
    ]);
    expect(messages({})).toEqual(['Enter the text of the result.']);
  });
});
