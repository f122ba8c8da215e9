import { contracts } from '@/lib/api/contracts';
import { functionGroups } from '@/lib/expressions/functions/functions';
import { macros } from '@/lib/expressions/macros';
import { textOfBlocks } from '@/lib/manual/blocks';
import type { ManualPage } from '@/lib/manual/read-page';
import { fixedPages, tagPath } from '@/lib/manual/reference-pages';
import type { ManualEntry } from '@/lib/manual/search-manual';
import { catalogue } from '@/lib/nodes/catalogue';
import { manualPages } from './manual';

let entries: readonly ManualEntry[] | undefined;

/** Everything in the documentation that can be found: pages, their headings, steps, functions and calls of the API. */
export function manualEntries(): readonly ManualEntry[] {
  entries ??= [
    ...manualPages().flatMap(entriesOfPage),
    ...fixedPages.map(({ title, group, href, summary, words }) => ({
      ...{ title, where: group, href, text: summary, words },
    })),
    ...steps(),
    ...functions(),
    ...calls(),
  ];
  return entries;
}

function entriesOfPage({ slug, title, group, summary, words, sections }: ManualPage) {
  const [intro, ...parts] = sections;
  const page = {
    title,
    where: group,
    href: `/docs/${slug}`,
    text: `${summary} ${textOfBlocks(intro?.blocks ?? [])}`,
    words,
  };
  return [
    page,
    ...parts.map(({ anchor, title: heading, blocks }) => ({
      title: heading,
      where: title,
      href: `/docs/${slug}#${anchor}`,
      text: textOfBlocks(blocks),
    })),
  ];
}

function steps(): ManualEntry[] {
  return Object.values(catalogue).map(({ type, title, summary, aliases = [] }) => ({
    title,
    where: 'Steps',
    href: `/docs/nodes#${type}`,
    text: summary,
    words: `${aliases.join(' ')} step node`,
  }));
}

function functions(): ManualEntry[] {
  const all = [...macros, ...functionGroups.flatMap((group) => group.functions)];
  return all.map(({ name, signature, summary }) => ({
    title: `${name}()`,
    where: 'Functions',
    href: `/docs/functions#function-${name}`,
    text: `${signature} ${summary}`,
    words: 'function',
  }));
}

function calls(): ManualEntry[] {
  return contracts.map(({ id, method, path, summary, tag }) => ({
    title: summary.split('.')[0] ?? id,
    where: `API · ${tag}`,
    href: `/docs/api/${tagPath(tag)}#${id}`,
    text: `${method} /api/v2${path} ${summary}`,
  }));
}
