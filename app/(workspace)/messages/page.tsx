import { MessagesPage } from '@/components/messages/messages-page';

export const metadata = { title: 'Messages' };

export default function Page() {
  return <MessagesPage />;
}
