'use client';

import { call } from '@/components/data/call';
import { useMutation } from '@/components/data/mutation/mutation';
import { Button } from '@/components/ui/controls/button';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { Member } from '@/lib/people/contract';
import { createPasswordLink } from '@/lib/people/password-link';
import { FormError } from './fields/form-error';
import { SecretField } from './fields/secret-field';

type Props = { member: Member; onClose: () => void };

/** Makes a link by which a member who forgot their password chooses a new one; shown once. */
export function PasswordLinkDialog({ member, onClose }: Props) {
  const make = useMutation({
    mutationFn: () => call(createPasswordLink, { params: { userId: member.userId } }),
    gcTime: 0,
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="sm"
      title={`New password for ${member.name}`}
      description={
        make.data
          ? 'Hand this link to them yourself. It works once, within 24 hours, and is shown only now.'
          : 'Make a link by which they choose a new password. When they do, they are signed out everywhere and their API keys end. An earlier link stops working.'
      }
      footer={
        make.data ? (
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" loading={make.isPending} onClick={() => make.mutate()}>
              Make link
            </Button>
          </>
        )
      }
    >
      <FormError>{make.error?.message}</FormError>
      {make.data ? <SecretField label="Link" text={make.data.url} /> : null}
    </Dialog>
  );
}
