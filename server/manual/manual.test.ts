import { existsSync, globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { contracts } from '@/lib/api/contracts';
import { evaluate } from '@/lib/expressions/evaluate';
import { functionGroups } from '@/lib/expressions/functions/functions';
import { macros } from '@/lib/expressions/macros';
import { render } from '@/lib/expressions/render';
import { allBlocks, linksIn } from '@/lib/manual/blocks';
import { manualGroups } from '@/lib/manual/groups';
import { fixedPages, tagPath } from '@/lib/manual/reference-pages';
import { catalogue } from '@/lib/nodes/catalogue';
import { type Field, fieldsOf } from '@/lib/nodes/node-type/form-fields';
import { settingAnchors } from '@/lib/nodes/node-type/setting-anchors';
import { manualPages, pictureSizes } from './manual';

const pages = manualPages();
const blocks = pages.flatMap(({ slug, sections }) =>
  sections.flatMap((section) => allBlocks(section.blocks).map((block) => ({ slug, block }))),
);

/** Sections of the pages that are drawn from components, by address. */
const drawn: Record<string, readonly string[]> = {
  '/docs': [],
  '/docs/webhooks': ['set-up', 'read', 'answer', 'test', 'refused'],
  '/docs/api': ['run', 'sign-in', 'lists', 'idempotency-key', 'if-match', 'errors'],
  '/docs/nodes': Object.values(catalogue).flatMap(({ type, config }) => [
    type,
    ...settingAnchors(type, fieldsOf(config)),
  ]),
  '/docs/functions': [...macros, ...functionGroups.flatMap(({ functions }) => functions)].map(
    ({ name }) => `function-${name}`,
  ),
  ...Object.fromEntries(
    contracts.map(({ tag }) => [
      `/docs/api/${tagPath(tag)}`,
      contracts.filter((each) => each.tag === tag).map(({ id }) => id),
    ]),
  ),
};
const targets = new Set([
  ...Object.entries(drawn).flatMap(([page, anchors]) => [
    page,
    ...anchors.map((anchor) => `${page}#${anchor}`),
  ]),
  ...pages.flatMap(({ slug, sections }) => [
    `/docs/${slug}`,
    ...sections.map(({ anchor }) => `/docs/${slug}#${anchor}`),
  ]),
]);

it('has pages in every group', () => {
  const groups = [...pages, ...fixedPages].map(({ group }) => group);
  expect(new Set(groups)).toEqual(new Set(manualGroups));
});

it.each(pages.map((page) => [page.slug, page] as const))('%s names each anchor once', (_, page) => {
  const anchors = page.sections.map(({ anchor }) => anchor);
  expect(new Set(anchors).size).toBe(anchors.length);
  expect(page.sections.every(({ depth }) => depth <= 3)).toBe(true);
});

it.each(pages.map((page) => [page.slug, page] as const))('%s leads nowhere dead', (_, page) => {
  const links = page.sections
    .flatMap((section) => linksIn(section.blocks))
    .map((link) => (link.startsWith('#') ? `/docs/${page.slug}${link}` : link));
  const dead = links.filter((link) => !link.startsWith('https://') && !targets.has(link));
  expect(dead).toEqual([]);
});

it('is where the product says that it is', () => {
  const named = globSync('{app,components}/**/*.{ts,tsx}')
    .filter((path) => !path.includes('.test.'))
    .flatMap((path) => [
      ...readFileSync(path, 'utf8').matchAll(/['"](\/docs(?:[/#][^'"?$]*)?)['"]/g),
    ])
    .map(([, address = '']) => address);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((address) => address !== '/docs/search' && !targets.has(address))).toEqual(
    [],
  );
});

/** Settings for which neither the form nor the manual has a sentence. */
const unexplained = (fields: readonly Field[]): string[] =>
  fields.flatMap(({ name, description, help, control }) => [
    ...((description ?? help ?? '') === '' ? [name] : []),
    ...(control.kind === 'rows' || control.kind === 'object'
      ? unexplained(control.fields).map((inner) => `${name}.${inner}`)
      : []),
  ]);

it.each(Object.values(catalogue).map((node) => [node.type, node] as const))(
  'explains each setting of %s',
  (_, { config }) => {
    expect(unexplained(fieldsOf(config))).toEqual([]);
  },
);

const examples = blocks.flatMap(({ slug, block }) =>
  block.kind === 'example' ? [{ slug, ...block }] : [],
);

it.each(examples)('$slug: $title', ({ write, given, gives }) => {
  const result = write.includes('{{') ? render(write, given) : evaluate(write, given);
  expect(result).toEqual(gives);
});

it('shows the common tasks', () => {
  expect(examples.filter(({ slug }) => slug === 'expressions').length).toBeGreaterThanOrEqual(30);
});

it('has each picture that it shows in both themes, small, and no other', () => {
  const shown = blocks.flatMap(({ block }) => (block.kind === 'picture' ? [block.name] : []));
  const wanted = shown.flatMap((name) => [`${name}-light.webp`, `${name}-dark.webp`]);
  const folder = 'public/manual';
  const stored = existsSync(folder) ? readdirSync(folder) : [];
  expect(stored.sort()).toEqual(wanted.sort());
  expect(Object.keys(pictureSizes()).sort()).toEqual(shown.sort());
  const large = stored.filter((name) => statSync(`${folder}/${name}`).size > 150 * 1024);
  expect(large).toEqual([]);
  const without = blocks.filter(({ block }) => block.kind === 'picture' && block.alt === '');
  expect(without).toEqual([]);
});
