import { DocsPage } from '@/components/docs/docs-page';
import { DocsResults } from '@/components/docs/docs-results';
import { searchDocs } from '@/server/manual/search-docs';

export const metadata = { title: 'Search' };

type Props = { searchParams: Promise<{ q?: string | string[] }> };

export default async function DocsSearchPage({ searchParams }: Props) {
  const { q = '' } = await searchParams;
  const search = [q].flat().join(' ').trim().slice(0, 100);
  return (
    <DocsPage title={search === '' ? 'Search' : `Results for “${search}”`}>
      <DocsResults search={search} hits={searchDocs(search, 30)} />
    </DocsPage>
  );
}
