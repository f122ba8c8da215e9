import { expect, it } from 'vitest';
import { type ManualEntry, searchManual } from './search-manual';

const entries: readonly ManualEntry[] = [
  { title: 'Retry', where: 'Debugging', href: '/docs/retry', text: 'Go on from a failure.' },
  {
    title: 'When a step fails',
    where: 'Build',
    href: '/docs/errors',
    text: 'Retry, time limits.',
    words: 'exception',
  },
  {
    title: 'Limits',
    where: 'Costs',
    href: '/docs/costs#limits',
    text: `${'What stops a run. '.repeat(20)}At most ten levels of runs inside runs.`,
  },
];
const found = (search: string) => searchManual(entries, search, 10).map(({ href }) => href);

it('finds a title before a text, and all words wherever they stand', () => {
  expect(found('retry')).toEqual(['/docs/retry', '/docs/errors']);
  expect(found('limits step')).toEqual(['/docs/errors']);
  expect(found('levels costs')).toEqual(['/docs/costs#limits']);
  expect(found('exception')).toEqual(['/docs/errors']);
  expect(searchManual(entries, 'exception', 1)[0]?.excerpt).toBe('Retry, time limits.');
  expect(found('giraffe')).toEqual([]);
  expect(found('  ')).toEqual([]);
  expect(searchManual(entries, 'run', 1)).toHaveLength(1);
});

it('shows the text around the word', () => {
  const [hit] = searchManual(entries, 'levels', 1);
  expect(hit?.excerpt).toMatch(/^… .*ten levels of runs/);
  expect(hit?.excerpt.length).toBeLessThan(180);
});
