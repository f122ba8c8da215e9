import { notFound } from 'next/navigation';
import { manualGroupsOf } from '@/components/docs/docs-groups';
import { ManualPage } from '@/components/docs/manual-page';
import { manualPages, pictureSizes } from '@/server/manual/manual';

type Props = { params: Promise<{ page: string }> };

async function pageOf({ params }: Props) {
  const { page: slug } = await params;
  return manualPages().find((page) => page.slug === slug);
}

export async function generateMetadata(props: Props) {
  const page = await pageOf(props);
  return { title: page?.title, description: page?.summary };
}

export default async function DocsManualPage(props: Props) {
  const page = await pageOf(props);
  if (!page) notFound();
  const all = manualGroupsOf(manualPages()).flatMap(({ items }) => items);
  const place = all.findIndex(({ href }) => href === `/docs/${page.slug}`);
  return (
    <ManualPage
      page={page}
      pictures={pictureSizes()}
      before={all[place - 1]}
      after={all[place + 1]}
    />
  );
}
