'use client';

import { useState } from 'react';
import { SettingsRow } from '@/components/settings/settings-section';
import { Button } from '@/components/ui/controls/button';
import { Badge } from '@/components/ui/display/badge';
import { BackupCodesDialog } from './backup-codes-dialog';
import { EndTwoFactorDialog } from './end-two-factor-dialog';
import { TwoFactorDialog } from './two-factor-dialog';

/** Whether signing in asks for a code, to be turned on and off. */
export function TwoFactorRow({ on }: { on: boolean }) {
  const [open, setOpen] = useState<'on' | 'off' | 'codes'>();
  const onClose = () => setOpen(undefined);
  return (
    <SettingsRow
      title={
        <span className="flex items-center gap-2">
          Two-factor {on ? <Badge tone="success">On</Badge> : null}
        </span>
      }
      description={
        on
          ? 'Signing in asks for a code of your authenticator app. API keys go on without.'
          : 'Whoever learns your password still cannot sign in without your phone.'
      }
    >
      {on ? (
        <div className="flex gap-2">
          <Button onClick={() => setOpen('codes')}>New backup codes</Button>
          <Button onClick={() => setOpen('off')}>Turn off</Button>
        </div>
      ) : (
        <Button onClick={() => setOpen('on')}>Turn on</Button>
      )}
      {open === 'on' ? <TwoFactorDialog onClose={onClose} /> : null}
      {open === 'off' ? <EndTwoFactorDialog onClose={onClose} /> : null}
      {open === 'codes' ? <BackupCodesDialog onClose={onClose} /> : null}
    </SettingsRow>
  );
}
