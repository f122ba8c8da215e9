import { describe, expect, it } from 'vitest';
import { nearNames } from './near-name';
import { pageText } from './page-text';
import { askReason } from './policy';
import { resultText } from './result-text';
import { toolName, withOwnNames } from './tool-name';

describe('names of tools', () => {
  it.each([
    [['workflow', 'Weekly Report (EU)'], 'workflow_weekly_report_eu'],
    [['GitHub', 'issues/listForRepo'], 'git_hub_issues_list_for_repo'],
    [['2checkout', 'pay'], 't_2checkout_pay'],
    [['a'.repeat(90)], 'a'.repeat(64)],
    [['workflow', '日本'], 'workflow'],
  ])('%j is called %s', ([source = '', ...parts], name) => {
    expect(toolName(source, ...parts)).toBe(name);
  });
  it('gives each of several with one name its own, the same in any order', () => {
    const tools = ['w:3', 'w:1', 'w:2'].map((ref) => ({ name: 'a'.repeat(64), ref }));
    const named = withOwnNames(tools, ['x']);
    expect(named).toEqual(withOwnNames(tools.toReversed(), ['x']));
    expect(new Set(named.map(({ name }) => name)).size).toBe(3);
    for (const { name } of named) expect(name).toMatch(/^[a-z][a-z0-9_]{0,63}$/);
    expect(withOwnNames([{ name: 'x', ref: 'w:9' }], ['x'])[0]?.name).toBe('x_w9');
  });
  it('finds what was perhaps meant, and nothing for what is far off', () => {
    const known = ['files_read', 'files_search', 'web_read', 'constructor'];
    expect(nearNames('file_search', known)[0]).toBe('files_search');
    expect(nearNames('Files_Read', known)[0]).toBe('files_read');
    expect(nearNames('send_money_abroad', known)).toEqual([]);
    expect(nearNames('__proto__', [])).toEqual([]);
  });
});

describe('the text of a page', () => {
  it.each([
    ['<p>One</p><p>Two &amp; three</p>', 'One\n\nTwo & three'],
    ['a<script>if (1 < 2) alert("</p>")</script>b', 'ab'],
    ['a<!-- <p>hidden --> b', 'a b'],
    ['1 < 2 and <b>bold</b>', '1 < 2 and bold'],
    ['<a title="x > y">link</a>', 'link'],
    ['<td>1</td><td>2</td>', '| 1 | 2'],
    ['&#x1F600;&#0;&#55296;&unknown;', '😀&#0;&#55296;&unknown;'],
    ['never closed <script>var a', 'never closed'],
    ['open <', 'open <'],
  ])('%s reads %j', (html, text) => {
    expect(pageText(html).text).toBe(text);
  });
  it('takes the title out of the head', () => {
    const page = pageText('<html><head><title>Shop &ndash; Start</title></head><body>Hi</body>');
    expect(page).toEqual({ title: 'Shop – Start', text: 'Hi' });
  });
});

it('cuts a result that is too long, between letters, and says so', () => {
  expect(resultText({ a: 1 }, 100)).toBe('{"a":1}');
  expect(resultText(undefined, 100)).toBe('null');
  const cut = resultText('abc😀def', 4);
  expect(cut).toMatch(/^abc\n\[The result was cut here: 4 of 8 characters/);
});

describe('who is asked', () => {
  const tool = { approval: 'policy', effect: 'once', risk: 2 } as const;
  const clean = { outside: false, private: false };
  const both = { outside: true, private: true };
  const at = (outward: boolean, taint = clean, effect: 'read' | 'once' = 'once') => ({
    ...{ outward, taint, effect },
  });
  it.each([
    ['its rule', tool, 'policy', at(true), 'risk'],
    ['nobody where the agent’s settings say so', tool, 'never', at(true), undefined],
    ['a setting', { ...tool, risk: 0 }, 'always', at(false), 'agent'],
    ['a tool that always asks', { ...tool, approval: 'always' }, 'never', at(false), 'tool'],
    ['nobody about what reads', tool, 'policy', at(false, clean, 'read'), undefined],
    ['the rule of two, whatever is set', tool, 'never', at(true, both), 'taint'],
    ['nobody while nothing goes out', tool, 'never', at(false, both), undefined],
    ['nobody with one of two', tool, 'never', at(true, { ...clean, outside: true }), undefined],
  ] as const)('by %s', (_, given, approval, seen, kind) => {
    expect(askReason(given, { approval }, seen)?.kind).toBe(kind);
  });
});
