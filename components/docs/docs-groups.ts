import { contracts } from '@/lib/api/contracts';
import type { Contract } from '@/lib/api/define-route';
import { type ManualGroup, manualGroups } from '@/lib/manual/groups';
import { fixedPages, tagPath } from '@/lib/manual/reference-pages';

/** A page of the documentation, as it is listed. */
export type DocsItem = { href: string; title: string; summary?: string };
export type DocsGroup = { label: string; items: DocsItem[] };

type Page = { slug: string; title: string; group: ManualGroup; summary: string };

/** The contracts of a tag, given as in its address; empty for unknown ones. */
export function contractsOfTag(path: string): Contract[] {
  return contracts.filter(({ tag }) => tagPath(tag) === path);
}

const tags = [...new Set(contracts.map(({ tag }) => tag))];

/** The pages of the manual by group, in the order in which they are read: written ones, then those drawn from code. */
export function manualGroupsOf(pages: readonly Page[]): DocsGroup[] {
  return manualGroups.map((group) => ({
    label: group,
    items: [
      ...pages
        .filter((page) => page.group === group)
        .map(({ slug, title, summary }) => ({ href: `/docs/${slug}`, title, summary })),
      ...fixedPages.filter((page) => page.group === group),
    ],
  }));
}

/** Everything that the navigation lists. */
export function docsGroupsOf(pages: readonly Page[]): DocsGroup[] {
  return [
    ...manualGroupsOf(pages),
    {
      label: 'REST API',
      items: tags.map((tag) => ({ href: `/docs/api/${tagPath(tag)}`, title: tag })),
    },
  ];
}
