import { RunList } from '@/components/run-page/run-list';

export const metadata = { title: 'Runs' };

export default function RunsPage() {
  return <RunList />;
}
