'use client';

import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Dialog } from '@/components/ui/overlays/dialog';
import { type Role, roles } from '@/lib/people/schema';
import { fieldErrors } from './fields/field-errors';
import { FormError } from './fields/form-error';
import { LinkDialog } from './link-dialog';
import { useInvite } from './people-mutations';
import { RoleSelect } from './role-select';

type InvitedRole = Exclude<Role, 'owner'>;
const invited = roles.filter((role): role is InvitedRole => role !== 'owner');

/** Asks for an e-mail and a role, then shows the link to hand over. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const form = useId();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<InvitedRole>('editor');
  const invite = useInvite();
  const { byField, whole } = fieldErrors(invite.error, ['email']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate({ email, role });
  };
  const close = (open: boolean) => {
    if (!open) onClose();
  };
  if (invite.data) return <LinkDialog invitation={invite.data} onClose={onClose} />;
  return (
    <Dialog
      open
      onOpenChange={close}
      size="sm"
      title="Invite a teammate"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={email.trim() === ''}
            loading={invite.isPending}
          >
            Create link
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4" noValidate>
        <FormError>{whole}</FormError>
        <Field label="Email" error={byField.email}>
          <Input
            type="email"
            value={email}
            autoFocus
            placeholder="grace@example.com"
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Field label="Role">
          <RoleSelect
            value={role}
            among={invited}
            onValueChange={(value) => setRole(value as InvitedRole)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
