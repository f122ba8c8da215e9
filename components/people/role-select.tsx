'use client';

import { Select } from '@/components/ui/controls/select';
import { type Role, roles } from '@/lib/people/schema';

/** What each role is for, in a few words. */
export const roleTexts: Record<Role, { label: string; hint: string }> = {
  owner: { label: 'Owner', hint: 'everything, including owners' },
  admin: { label: 'Admin', hint: 'members, keys, workspace' },
  editor: { label: 'Editor', hint: 'edit, publish, run' },
  commenter: { label: 'Commenter', hint: 'view, comment, chat' },
  viewer: { label: 'Viewer', hint: 'look' },
};

type Props = {
  value: Role;
  onValueChange: (role: Role) => void;
  /** Roles that may be chosen; all unless given. */
  among?: readonly Role[];
  size?: 'sm' | 'md';
  className?: string;
  id?: string;
  disabled?: boolean;
  'aria-label'?: string;
};

/** Chooses a role. */
export function RoleSelect({ among = roles, onValueChange, ...rest }: Props) {
  return (
    <Select
      {...rest}
      onValueChange={(value) => onValueChange(value as Role)}
      options={among.map((role) => ({ value: role, ...roleTexts[role] }))}
    />
  );
}
