'use client';

import { endTwoFactor } from '@/components/data/sign-in';
import { toast } from '@/components/ui/controls/toast';
import { PasswordStep } from './password-step';
import { useSessionsChanged } from './profile-queries';

/** Turns two-factor off. */
export function EndTwoFactorDialog({ onClose }: { onClose: () => void }) {
  const changed = useSessionsChanged();
  return (
    <PasswordStep
      title="Turn off two-factor"
      action="Turn off"
      ask={endTwoFactor}
      onDone={() => {
        toast.success('Two-factor is off');
        void changed();
        onClose();
      }}
      onClose={onClose}
    >
      <p className="text-sm text-muted">
        Signing in then asks for your password alone. Your backup codes stop working.
      </p>
    </PasswordStep>
  );
}
