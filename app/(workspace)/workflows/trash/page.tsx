import { TrashList } from '@/components/workflows/trash-list';

export const metadata = { title: 'Trash' };

export default function TrashPage() {
  return <TrashList />;
}
