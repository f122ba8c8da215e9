import {
  Bot,
  Brain,
  Files,
  LayoutDashboard,
  type LucideIcon,
  Mail,
  MessageSquare,
  Play,
  Settings,
  Table2,
  Workflow,
} from 'lucide-react';

export type Destination = {
  href: string;
  label: string;
  icon: LucideIcon;
  /** Pressed after G. */
  key: string;
};

/** The main places, in the order of the sidebar. */
export const destinations: Destination[] = [
  { href: '/', label: 'Dashboard', icon: LayoutDashboard, key: 'D' },
  { href: '/workflows', label: 'Workflows', icon: Workflow, key: 'W' },
  { href: '/runs', label: 'Runs', icon: Play, key: 'R' },
  { href: '/agents', label: 'Agents', icon: Bot, key: 'A' },
  { href: '/tables', label: 'Tables', icon: Table2, key: 'T' },
  { href: '/files', label: 'Files', icon: Files, key: 'F' },
  { href: '/memory', label: 'Memory', icon: Brain, key: 'M' },
  { href: '/messages', label: 'Messages', icon: Mail, key: 'I' },
  { href: '/chat', label: 'Chat', icon: MessageSquare, key: 'C' },
];

export const settingsDestination: Destination = {
  href: '/settings',
  label: 'Settings',
  icon: Settings,
  key: 'S',
};

/** Whether a path lies at or below a destination. */
export function isAt(pathname: string, href: string): boolean {
  return href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`);
}
