import { Connections } from '@/components/settings/connections';

export const metadata = { title: 'Connections' };

export default function ConnectionsPage() {
  return <Connections />;
}
