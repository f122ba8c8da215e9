import { MembersSettings } from '@/components/people/members-settings';

export const metadata = { title: 'Members' };

export default function MembersPage() {
  return <MembersSettings />;
}
