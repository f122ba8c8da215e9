import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { VisitorNotice } from '@/components/forms/visitor-frame';
import { SharedChatPage } from '@/components/visitors/chat-page';
import { showSharedChat } from '@/server/chat/visitors/show-shared-chat';
import { services } from '@/server/services';
import { openPage } from '@/server/triggers/links/open-page';

export const metadata = { title: 'Chat', referrer: 'no-referrer', robots: { index: false } };

type Props = { params: Promise<{ token: string }> };

export default async function SharedChatRoute({ params }: Props) {
  const { token } = await params;
  const asked = { method: 'GET', headers: await headers() };
  const opened = await openPage(token, () =>
    showSharedChat(services(), { params: { token } }, asked),
  );
  if (opened.outcome === 'sign-in') redirect(`/sign-in?next=${encodeURIComponent(`/c/${token}`)}`);
  if (opened.outcome === 'foreign') {
    return (
      <VisitorNotice title="This chat is for members">
        Only members of its workspace can write to it. Ask whoever sent you the link.
      </VisitorNotice>
    );
  }
  if (opened.outcome === 'nothing') {
    return (
      <VisitorNotice title="There is no chat here">
        The link was changed, or it is no longer shared. Ask whoever sent it for a new one.
      </VisitorNotice>
    );
  }
  return <SharedChatPage token={token} view={opened.found} />;
}
