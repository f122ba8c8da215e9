'use client';

import { type FormEvent, useId, useState } from 'react';
import { useMutation } from '@/components/data/mutation/mutation';
import { beginTwoFactor, enterCode } from '@/components/data/sign-in';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { toast } from '@/components/ui/controls/toast';
import { Dialog } from '@/components/ui/overlays/dialog';
import { FormError } from '../fields/form-error';
import { BackupCodes } from './backup-codes';
import { PasswordStep } from './password-step';
import { useSessionsChanged } from './profile-queries';
import { QrCode } from './qr-code';

type Begun = { address: string; codes: string[] };

/** Turns two-factor on: the password, the app, its first code, then the codes for the day when the phone is lost. */
export function TwoFactorDialog({ onClose }: { onClose: () => void }) {
  const form = useId();
  const [begun, setBegun] = useState<Begun>();
  const [code, setCode] = useState('');
  const changed = useSessionsChanged();
  const prove = useMutation({ mutationFn: () => enterCode(code, false) });
  const close = () => {
    if (prove.isSuccess) void changed();
    onClose();
  };
  if (begun === undefined) {
    return (
      <PasswordStep
        title="Turn on two-factor"
        action="Continue"
        ask={beginTwoFactor}
        onDone={setBegun}
        onClose={onClose}
      />
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (/^\d{6}$/.test(code)) {
      prove.mutate(undefined, { onSuccess: () => void toast.success('Two-factor is on') });
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
      size="sm"
      title={prove.isSuccess ? 'Keep your backup codes' : 'Scan with your authenticator app'}
      footer={
        prove.isSuccess ? (
          <Button variant="primary" onClick={close}>
            I have kept them
          </Button>
        ) : (
          <>
            <Button onClick={close}>Cancel</Button>
            <Button
              type="submit"
              form={form}
              variant="primary"
              disabled={!/^\d{6}$/.test(code)}
              loading={prove.isPending}
            >
              Turn on
            </Button>
          </>
        )
      }
    >
      {prove.isSuccess ? (
        <BackupCodes codes={begun.codes} />
      ) : (
        <form id={form} onSubmit={submit} className="space-y-4" noValidate>
          <FormError>{prove.error?.message}</FormError>
          <QrCode address={begun.address} />
          <Field label="Code" hint="The six digits that the app shows now.">
            <Input
              value={code}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={7}
              autoFocus
              className="font-mono"
              onChange={(event) => setCode(event.target.value.replace(/\D/g, '').slice(0, 6))}
            />
          </Field>
        </form>
      )}
    </Dialog>
  );
}
