'use client';

import { useMembers } from '@/components/data/people-queries';
import { Select } from '@/components/ui/controls/select';
import { sameAddress } from '@/lib/people/deciders';
import type { ControlProps } from './control-props';
import { useFormHost } from './host';

/** Chooses a member by the e-mail address; one whom nobody has any more stays visible. */
export function PersonPicker({ field, value, path, id, noteId, invalid }: ControlProps) {
  const host = useFormHost();
  const members = useMembers().data?.items ?? [];
  const written = typeof value === 'string' ? value : '';
  const member = members.find(({ email }) => sameAddress(email, written));
  const chosen = member?.email ?? written;
  const unknown = written !== '' && member === undefined;
  return (
    <Select
      id={id}
      aria-label={field.title}
      aria-describedby={noteId}
      aria-invalid={invalid || undefined}
      value={chosen}
      placeholder="Choose a person"
      disabled={host.readOnly}
      onValueChange={(next) => host.set(path, next)}
      options={[
        ...(unknown ? [{ value: written, label: written, hint: 'not in this workspace' }] : []),
        ...members.map(({ name, email }) => ({ value: email, label: name, hint: email })),
      ]}
    />
  );
}
