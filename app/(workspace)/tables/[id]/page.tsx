import { TablePage } from '@/components/tables/table-page';

export const metadata = { title: 'Table' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <TablePage key={id} id={id} />;
}
