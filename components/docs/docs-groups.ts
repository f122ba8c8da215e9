import { contracts } from '@/lib/api/contracts';
import type { Contract } from '@/lib/api/define-route';
import type { DocsGroup } from './docs-nav';

/** The part of an address that stands for a tag: `API keys` is `api-keys`. */
export function tagPath(tag: string): string {
  return tag.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

/** The contracts of a tag, given as in its address; empty for unknown ones. */
export function contractsOfTag(path: string): Contract[] {
  return contracts.filter(({ tag }) => tagPath(tag) === path);
}

const tags = [...new Set(contracts.map(({ tag }) => tag))];

export const docsGroups: DocsGroup[] = [
  {
    label: 'Start',
    items: [
      { href: '/docs', label: 'First steps' },
      { href: '/docs/webhooks', label: 'Webhooks' },
      { href: '/docs/nodes', label: 'Nodes' },
      { href: '/docs/functions', label: 'Functions' },
    ],
  },
  {
    label: 'REST API',
    items: tags.map((tag) => ({ href: `/docs/api/${tagPath(tag)}`, label: tag })),
  },
];
