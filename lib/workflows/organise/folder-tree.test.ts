import { expect, test } from 'vitest';
import { folderTree } from './folder-tree';

test('folders stand below those that they lie in, with how much is in them', () => {
  const tree = folderTree([
    { path: 'Sales/Reports/Q10', count: 1 },
    { path: 'Sales/Reports/Q9', count: 2 },
    { path: 'ops', count: 4 },
    { path: 'Sales', count: 1 },
    { path: 'Salesforce', count: 5 },
  ]);
  expect(tree.map(({ path, depth, count }) => [path, depth, count])).toEqual([
    ['ops', 0, 4],
    ['Sales', 0, 4],
    ['Sales/Reports', 1, 3],
    ['Sales/Reports/Q9', 2, 2],
    ['Sales/Reports/Q10', 2, 1],
    ['Salesforce', 0, 5],
  ]);
});
