'use client';

import { useState } from 'react';
import { newBackupCodes } from '@/components/data/sign-in';
import { Button } from '@/components/ui/controls/button';
import { Dialog } from '@/components/ui/overlays/dialog';
import { BackupCodes } from './backup-codes';
import { PasswordStep } from './password-step';

/** Makes new backup codes in place of the old ones, and shows them once. */
export function BackupCodesDialog({ onClose }: { onClose: () => void }) {
  const [codes, setCodes] = useState<string[]>();
  if (codes === undefined) {
    return (
      <PasswordStep
        title="New backup codes"
        action="Make new codes"
        ask={newBackupCodes}
        onDone={setCodes}
        onClose={onClose}
      >
        <p className="text-sm text-muted">The codes that you have now stop working.</p>
      </PasswordStep>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="sm"
      title="Keep your backup codes"
      footer={
        <Button variant="primary" onClick={onClose}>
          I have kept them
        </Button>
      }
    >
      <BackupCodes codes={codes} />
    </Dialog>
  );
}
