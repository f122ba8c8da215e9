import { expect, it } from 'vitest';
import { textOfBlocks } from './blocks';
import { readPage } from './read-page';

const front = '---\ntitle: T\ngroup: Build\norder: 1\nsummary: S\n---\n';

it('reads sections with the anchors that they name', () => {
  const { title, sections } = readPage(
    'page',
    `${front}Intro **bold**.\n\n## One \`x\` {#one}\n\n1. First\n2. [Second](/docs/b)\n\n### Two {#two}\n\n| A | B |\n|---|---|\n| 1 | \`a \\|\\| b\` |\n`,
  );
  expect(title).toBe('T');
  expect(sections.map(({ anchor, depth }) => [anchor, depth])).toEqual([
    ['', 1],
    ['one', 2],
    ['two', 3],
  ]);
  expect(sections.map(({ blocks }) => textOfBlocks(blocks))).toEqual([
    'Intro bold.',
    'First Second',
    'A B 1 a || b',
  ]);
});

it('reads pictures, code, tips and examples', () => {
  const [section] = readPage(
    'page',
    `${front}![A list](runs)\n\n> Mind this.\n\n\`\`\`sh Start\nnpm start\n\`\`\`\n\n\`\`\`example Sum\nwrite: a + b\ngiven: { a: 1, b: 2 }\ngives: '3'\n\`\`\`\n`,
  ).sections;
  expect(section?.blocks).toEqual([
    { kind: 'picture', name: 'runs', alt: 'A list' },
    {
      kind: 'tip',
      blocks: [{ kind: 'paragraph', children: [{ kind: 'text', text: 'Mind this.' }] }],
    },
    { kind: 'code', label: 'Start', text: 'npm start' },
    { kind: 'example', title: 'Sum', write: 'a + b', given: { a: 1, b: 2 }, gives: 3 },
  ]);
});

it.each([
  ['no front matter', '# T', /front matter/],
  ['a heading without an anchor', `${front}## One`, /names no anchor/],
  ['HTML', `${front}<b>x</b>`, /does not use/],
  ['a result that is no JSON', `${front}\`\`\`example\nwrite: a\ngives: b\n\`\`\``, /not JSON/],
  ['an unknown group', front.replace('Build', 'Other'), /group/],
])('refuses %s', (_, text, message) => {
  expect(() => readPage('page', text)).toThrow(message);
});
