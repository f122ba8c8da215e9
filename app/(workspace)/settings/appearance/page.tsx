import { Appearance } from '@/components/settings/appearance';

export const metadata = { title: 'Appearance' };

export default function AppearancePage() {
  return <Appearance />;
}
