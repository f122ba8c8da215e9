import { TrashList } from '@/components/workflows/trash/trash-list';

export const metadata = { title: 'Trash' };

export default function TrashPage() {
  return <TrashList />;
}
