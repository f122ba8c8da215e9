import { isAtLeast } from './can';
import type { Role } from './schema';

/** Who may decide something. */
export type Deciders = {
  /** Members with this role or a higher one, where nobody is named. */
  role: Role;
  /** E-mail addresses of those who alone may decide. */
  people: readonly string[];
  /** Members with the role may decide beside those who are named: time has passed, or they left. */
  widened: boolean;
};

export const sameAddress = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase();

/** The owner always may: they could name themselves. Viewers answer nothing. */
export function mayDecide(
  { role, people, widened }: Deciders,
  by: { role: Role; email: string },
): boolean {
  if (!isAtLeast(by.role, 'commenter')) return false;
  if (by.role === 'owner' || people.some((one) => sameAddress(one, by.email))) return true;
  return (people.length === 0 || widened) && isAtLeast(by.role, role);
}

/** The same in words: "Only ada@example.com may decide". */
export function decidersWords({ role, people, widened }: Deciders, named = people): string {
  const those = `members with the role ${role} or a higher one`;
  if (people.length === 0) return `Only ${those} may decide`;
  const list = new Intl.ListFormat('en', { type: 'conjunction' }).format(named);
  return `Only ${list}${widened ? ` and ${those}` : ''} may decide`;
}
