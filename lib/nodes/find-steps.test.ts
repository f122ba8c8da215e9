import { describe, expect, it } from 'vitest';
import { findableNote, findableTriggers } from '@/lib/triggers/findable';
import { catalogue } from './catalogue';
import { findSteps, nearestSteps } from './node-type/find-steps';

const all = [...Object.values(catalogue), ...findableTriggers, findableNote];
const typesFor = (word: string) => findSteps(word, all).map(({ step }) => step.type);

/** What people type who know other tools or none, and the step that they must see first or second. */
const words: [step: string, words: string][] = [
  ['agent', 'ai, assistant, bot, gpt, llm, summarize'],
  ['model', 'ai, llm, gpt, prompt, openai, claude, translate'],
  ['planner', 'plan, autonomous'],
  ['handoff', 'delegate, escalate'],
  ['http', 'api, request, curl, rest, call api, url'],
  ['send-mail', 'email, send email, smtp, gmail, send mail'],
  ['read-mailbox', 'imap, inbox, get emails, read email, unread'],
  ['trigger-mail', 'email trigger, incoming email, new email'],
  ['read-file', 'csv, excel, spreadsheet, file, import, upload, xlsx'],
  ['send-webhook', 'send webhook, outgoing webhook, standard webhooks'],
  ['post-to-slack', 'slack, mattermost, discord, slack message'],
  ['rss', 'rss, atom, feed, news, blog, podcast'],
  ['extract-html', 'extract, scrape, css selector, web page, html extract'],
  ['write-file', 'save file, create file, download, convert to file'],
  ['code', 'code, javascript, script'],
  ['transform', 'formula, calculate, code'],
  ['delay', 'delay, sleep, wait, pause'],
  ['if', 'if, condition, branch, else, decision'],
  ['switch', 'case, branch, cases'],
  ['join', 'merge, combine, parallel, wait for all'],
  ['loop', 'loop, repeat, while, until'],
  ['map', 'foreach, for each, iterate, loop, map, batch'],
  ['on-error', 'error, catch, retry, exception'],
  ['output', 'result, return, format, template, text, response'],
  ['stop', 'exit, end, abort, terminate'],
  ['wait-event', 'callback, listen'],
  ['wait-until', 'date, deadline'],
  ['workflow', 'subflow, call, execute workflow'],
  ['approval', 'approve, ask, human, review, wait for approval'],
  ['start', 'start, manual, trigger'],
  ['filter', 'filter, where, exclude'],
  ['sort', 'sort, order by, rank'],
  ['join-lists', 'lookup, vlookup, merge, combine, join'],
  ['unique', 'dedupe, duplicates, distinct'],
  ['limit', 'limit, top, slice'],
  ['split-out', 'explode, flatten'],
  ['split-text', 'split, regex, lines'],
  ['parse-data', 'json, parse, html'],
  ['write-data', 'export, to csv'],
  ['aggregate', 'aggregate, concatenate, collect'],
  ['date', 'date, time zone, today'],
  ['group', 'group, pivot, count, sum, average, summarise'],
  ['set-fields', 'rename, add column, edit fields, set'],
  ['trigger-schedule', 'schedule, cron, daily, every day'],
  ['trigger-webhook', 'webhook, http trigger'],
  ['trigger-chat', 'chat'],
  ['send-message', 'message, broadcast'],
  ['receive-messages', 'dequeue, take messages'],
  ['remember', 'remember, write memory'],
  ['recall', 'recall, read memory'],
  ['note', 'note, comment, sticky'],
];
const pairs = words.flatMap(([type, list]) =>
  list.split(', ').map((word) => [word, type] as const),
);

describe('the search for steps', () => {
  it(`knows ${pairs.length} words of people, which is at least 60`, () => {
    expect(pairs.length).toBeGreaterThanOrEqual(60);
  });

  it.each(pairs)('“%s” finds %s first or second', (word, type) => {
    expect(typesFor(word).slice(0, 2)).toContain(type);
  });

  it.each(all.map(({ title, type }) => [title, type]))('“%s” finds itself first', (title, type) => {
    expect(typesFor(title)[0]).toBe(type);
  });

  it('says by which word, unless the title shows it', () => {
    expect(findSteps('pivot', all)[0]).toMatchObject({ step: { type: 'group' }, why: 'pivot' });
    expect(findSteps('filt', all)[0]).not.toHaveProperty('why');
  });

  it.each([
    ['fitler', 'filter'],
    ['approvel', 'approval'],
    ['spredsheet', 'read-file'],
    ['webhok', 'trigger-webhook'],
    ['scedule', 'trigger-schedule'],
  ])('“%s” finds nothing, and is nearest to %s', (word, type) => {
    expect(typesFor(word)).toEqual([]);
    expect(nearestSteps(word, all).map(({ step }) => step.type)).toContain(type);
  });

  it('takes any text, and what is like nothing is near to nothing', () => {
    expect(nearestSteps('qqqqqqqqqqq', all)).toEqual([]);
    for (const search of ['', ' ', '()[', '猫', 'x'.repeat(5_000)]) {
      expect(findSteps(search, all).length).toBeGreaterThanOrEqual(0);
      expect(nearestSteps(search, all).length).toBeLessThanOrEqual(3);
    }
  });

  it('has other names for every step, in small letters', () => {
    for (const { type, aliases = [] } of all) {
      expect([type, aliases.length]).not.toEqual([type, 0]);
      for (const alias of aliases) expect(alias).toMatch(/^[a-z]+( [a-z]+)*$/);
    }
  });
});
