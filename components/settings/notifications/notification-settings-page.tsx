'use client';

import { useCan } from '@/components/shell/actor-context';
import { SettingsPage } from '../settings-section';
import { Choices } from './choices';
import { Deliveries } from './deliveries';
import { Sending } from './sending';

/** What one hears of and how; for admins, how the workspace sends it. */
export function NotificationSettingsPage() {
  const manages = useCan('workspace.manage');
  return (
    <SettingsPage
      title="Notifications"
      description="What you hear of in this workspace, and how."
      help="/docs/comments#notifications"
    >
      <Choices />
      {manages ? <Sending /> : null}
      {manages ? <Deliveries /> : null}
    </SettingsPage>
  );
}
