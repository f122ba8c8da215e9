import { TableList } from '@/components/tables/table-list';

export const metadata = { title: 'Tables' };

export default function TablesPage() {
  return <TableList />;
}
