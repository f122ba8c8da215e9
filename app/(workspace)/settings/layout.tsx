import type { ReactNode } from 'react';
import { SettingsNav } from '@/components/settings/settings-nav';
import { PageBody, PageHeader } from '@/components/shell/page-header';

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <PageHeader title="Settings" />
      <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
        <SettingsNav />
        <PageBody>{children}</PageBody>
      </div>
    </>
  );
}
