import { ProfileSettings } from '@/components/people/profile/profile-settings';

export const metadata = { title: 'Profile' };

export default function ProfilePage() {
  return <ProfileSettings />;
}
