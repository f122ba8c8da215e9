import { ServicesPage } from '@/components/settings/services';

export const metadata = { title: 'Services' };

export default function ServiceSettingsPage() {
  return <ServicesPage />;
}
