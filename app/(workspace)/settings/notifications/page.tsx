import { NotificationSettingsPage } from '@/components/settings/notifications/notification-settings-page';

export const metadata = { title: 'Notifications' };

export default function NotificationsPage() {
  return <NotificationSettingsPage />;
}
