'use client';

import { Button } from '@/components/ui/controls/button';
import { Dialog } from '@/components/ui/overlays/dialog';
import { SecretField } from './fields/secret-field';

type Props = {
  invitation: { email: string; url: string };
  /** Whether it takes the place of a link that was handed over before. */
  renewed?: boolean;
  onClose: () => void;
};

/** Shows the link of an invitation, once: the server keeps no copy. */
export function LinkDialog({ invitation, renewed, onClose }: Props) {
  const { email, url } = invitation;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="sm"
      title="Send this link"
      description={`${email} can join with it once, within seven days. Copy it now: it is shown only once. ${
        renewed
          ? 'The earlier link no longer works.'
          : 'Invitations are not sent by email: hand the link over yourself.'
      }`}
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <SecretField label="Invitation link" text={url} />
    </Dialog>
  );
}
