import { describe, expect, it } from 'vitest';
import { type PageJob, pageFrom } from '../read-markup';
import type { FieldAsk } from './extract';

const field = (name: string, selector: string, more: Partial<FieldAsk> = {}): FieldAsk => ({
  ...{ name, selector, take: 'text', attribute: 'href', every: false, ...more },
});
const read = (html: string, selector: string, fields: FieldAsk[], more: Partial<PageJob> = {}) =>
  pageFrom({ html, selector, address: '', most: 100, ...more, as: 'fields', fields });
function rowsOf(...asked: Parameters<typeof read>) {
  const done = read(...asked);
  if (!done.ok) throw new Error(done.problem);
  return done.value.rows;
}
const table = (html: string, selector = '', most = 100) =>
  pageFrom({ html, selector, address: '', most, as: 'table', numbers: 'plain' });

const shop = `<ul id=shop><li class=p><a href="/pen">Pen <b>blue</b></a><span class=c>2.50</span><img src=pen.png>
  <li class=p><a href="https://other.example/ink">Ink</a><span class=c>7</span><i>new</i><i>hot</i></ul>`;

it('takes text, attributes, HTML and lists of each element that fits', () => {
  const fields = [
    field('name', 'a'),
    field('link', 'a', { take: 'attribute' }),
    field('picture', 'img', { take: 'attribute', attribute: 'src' }),
    field('html', 'a', { take: 'html' }),
    field('marks', 'i', { every: true }),
    field('class', '', { take: 'attribute', attribute: 'class' }),
  ];
  expect(rowsOf(shop, '#shop > .p', fields, { address: 'https://shop.example/list' })).toEqual([
    {
      ...{ name: 'Pen blue', link: 'https://shop.example/pen', class: 'p', marks: [] },
      ...{ picture: 'https://shop.example/pen.png', html: 'Pen <b>blue</b>' },
    },
    {
      ...{ name: 'Ink', link: 'https://other.example/ink', class: 'p', marks: ['new', 'hot'] },
      ...{ picture: null, html: 'Ink' },
    },
  ]);
});

describe('broken pages', () => {
  it.each<[string, string, string, unknown]>([
    ['unclosed elements', '<div><p>One<p>Two<div>Three', 'p', ['One', 'Two']],
    ['wrong order', '<b><i>One</b></i><i>Two</i>', 'i', ['One', 'Two']],
    ['attributes without quotes', '<a title=One href=x>y</a>', 'a[title=One]', ['y']],
    ['capital letters', '<DIV CLASS="A">One</DIV>', 'div.A', ['One']],
    [
      'names of characters',
      '<p>&auml; &euro; &#128512; &copy &nosuch;</p>',
      'p',
      ['ä € 😀 © &nosuch;'],
    ],
    [
      'scripts and styles',
      '<p>One<script>if (a < b) "</p>"</script><style>p{}</style> two</p>',
      'p',
      ['One two'],
    ],
    ['comments', '<p>One<!-- <p>Two</p> --></p>', 'p', ['One']],
    ['blanks and breaks', '<p>  One \n\t two<br>three  </p>', 'p', ['One two\nthree']],
    ['no page at all', 'just text', 'p', []],
    ['a cut tag', '<p>One</p><p cla', 'p', ['One']],
    ['NUL characters', '<p>O\0ne</p>', 'p', [expect.stringMatching(/^O.?ne$/)]],
  ])('%s', (_, html, selector, texts) => {
    expect(rowsOf(html, selector, [field('t', '')]).map(({ t }) => t)).toEqual(texts);
  });
});

it('gives the page as one row where no element is named, and follows its own base', () => {
  const html = '<base href="https://b.example/x/"><title>T</title><a href="y">z</a>';
  const fields = [field('link', 'a', { take: 'attribute' }), field('title', 'title')];
  expect(rowsOf(html, '', fields)).toEqual([{ link: 'https://b.example/x/y', title: 'T' }]);
});

describe('tables', () => {
  it('come with columns and types; cells that span stand in each place', () => {
    const html = `<table class=x><thead><tr><th>Name</th><th>Sum</th><th></th><th>Name</th></tr></thead>
      <tr><td rowspan=2>Ada</td><td>1.5</td><td colspan=2>a<table><tr><td>in</td></tr></table></td></tr>
      <tr><td>007</td><td>b</td><td>c</td></tr></table>`;
    expect(table(html)).toEqual({
      ok: true,
      value: {
        columns: ['Name', 'Sum', 'column 3', 'Name 2'],
        found: 2,
        rows: [
          { Name: 'Ada', Sum: '1.5', 'column 3': 'a\nin', 'Name 2': 'a\nin' },
          { Name: 'Ada', Sum: '007', 'column 3': 'b', 'Name 2': 'c' },
        ],
      },
    });
  });
  it('are found inside what a selector means, and may be missing', () => {
    const html =
      '<table><tr><td>no</td></tr></table><div id=a><table><tr><th>n</th></tr><tr><td>3</td></tr></table></div>';
    expect(table(html, '#a')).toMatchObject({ value: { columns: ['n'], rows: [{ n: 3 }] } });
    expect(table('<p>', '')).toMatchObject({ ok: true, value: { found: 0, rows: [] } });
  });
  it('have bounds', () => {
    const row = `<tr>${'<td colspan=400>x</td>'.repeat(2)}</tr>`;
    expect(table(`<table>${row}</table>`)).toMatchObject({
      ok: false,
      problem: expect.stringMatching(/500 columns/),
    });
  });
});

describe('hostile pages', () => {
  it.each<[string, string, string, RegExp]>([
    ['depth', '<div>'.repeat(10_000), 'p', /deep/],
    ['a flood', '<b></b>'.repeat(200_000), 'p', /150000 elements/],
    ['length', 'x'.repeat(6_000_001), 'p', /6 million/],
    ['a selector that is none', '<p>', 'p >', /“p >” is no CSS selector/],
    ['an unknown pseudo-class', '<p>', 'p:nosuch(1)', /is no CSS selector/],
    [
      'a nested selector',
      '<p>',
      `${':not('.repeat(20_000)}p${')'.repeat(20_000)}`,
      /selector|deep/,
    ],
  ])('are refused: %s', (_, html, selector, problem) => {
    const done = read(html, selector, [field('t', '')]);
    expect(done).toMatchObject({ ok: false, problem: expect.stringMatching(problem) });
  });
  it('give no more than is wanted', () => {
    const done = read('<p>x</p>'.repeat(500), 'p', [field('t', '')], { most: 3 });
    expect(done).toMatchObject({ ok: true, value: { found: 500, rows: [{}, {}, {}] } });
    const [row] = rowsOf(`<p>${'x'.repeat(200_000)}</p>`, 'p', [field('t', '')]);
    expect(String(row?.t).length).toBe(100_000);
  });
});
