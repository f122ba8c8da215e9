import {
  Bell,
  Blocks,
  BookOpen,
  Cable,
  CircleUser,
  FileDown,
  FileUp,
  FunctionSquare,
  KeyRound,
  LayoutTemplate,
  type LucideIcon,
  Palette,
  ServerCog,
  Settings2,
  Sparkles,
  Split,
  SquareTerminal,
  Star,
  Trash2,
  UserPlus,
  Users,
} from 'lucide-react';
import type { Permission } from '@/lib/people/can';

export type Place = {
  label: string;
  href: string;
  /** Further words that it is found by. */
  words: string;
  icon: LucideIcon;
  /** Shown to those alone who have it. */
  permission?: Permission;
};

/** Pages beside the main ones that the palette knows. */
export const places: readonly Place[] = [
  {
    label: 'Templates',
    href: '/workflows/templates',
    words: 'gallery examples samples start from template',
    icon: LayoutTemplate,
  },
  {
    label: 'Import a workflow',
    href: '/workflows?import',
    words: 'upload file json yaml open task list',
    icon: FileUp,
    permission: 'workflows.edit',
  },
  {
    label: 'Export workflows',
    href: '/workflows',
    words: 'download backup save file json yaml',
    icon: FileDown,
  },
  {
    label: 'Favourites',
    href: '/workflows?favourite=true',
    words: 'star starred favorites',
    icon: Star,
  },
  {
    label: 'Trash',
    href: '/workflows/trash',
    words: 'deleted bin restore undelete recover',
    icon: Trash2,
  },
  {
    label: 'Experiments',
    href: '/experiments',
    words: 'a/b ab test compare variants models prompts split winner',
    icon: Split,
  },
  {
    label: 'Members',
    href: '/settings/members',
    words: 'settings people users team roles permissions admin',
    icon: Users,
  },
  {
    label: 'Invite somebody',
    href: '/settings/members?invite',
    words: 'invitation add member person people user teammate colleague share',
    icon: UserPlus,
    permission: 'members.manage',
  },
  {
    label: 'Models',
    href: '/settings/models',
    words: 'settings provider llm ai openai anthropic gemini ollama model key',
    icon: Sparkles,
  },
  {
    label: 'Connections',
    href: '/settings/connections',
    words: 'settings credentials credential secrets vault passwords integrations oauth bearer',
    icon: Cable,
    permission: 'connections.read',
  },
  {
    label: 'Services',
    href: '/settings/services',
    words: 'settings apps integrations swagger openapi document slack github google notion',
    icon: Blocks,
  },
  {
    label: 'MCP servers',
    href: '/settings/mcp-servers',
    words: 'settings tools agents model context protocol integrations',
    icon: ServerCog,
  },
  {
    label: 'API keys',
    href: '/settings/api-keys',
    words: 'settings api key token access rest',
    icon: KeyRound,
  },
  {
    label: 'Profile',
    href: '/settings/profile',
    words:
      'settings account name password two-factor 2fa totp authenticator sessions devices sign out',
    icon: CircleUser,
  },
  {
    label: 'Notifications',
    href: '/settings/notifications',
    words: 'settings email mail bell webhook unsubscribe alerts failed runs',
    icon: Bell,
  },
  {
    label: 'Appearance',
    href: '/settings/appearance',
    words: 'settings theme dark light mode colours colors look',
    icon: Palette,
  },
  {
    label: 'Workspace settings',
    href: '/settings/workspace',
    words: 'general name rename workspace organisation',
    icon: Settings2,
  },
  {
    label: 'Manual',
    href: '/docs',
    words: 'docs documentation help first steps guide how to',
    icon: BookOpen,
  },
  {
    label: 'Documentation of steps',
    href: '/docs/nodes',
    words: 'docs nodes node types reference',
    icon: BookOpen,
  },
  {
    label: 'Documentation of functions',
    href: '/docs/functions',
    words: 'docs expressions formulas cel function reference',
    icon: FunctionSquare,
  },
  {
    label: 'REST API',
    href: '/docs/api',
    words: 'docs api http openapi curl endpoints',
    icon: SquareTerminal,
  },
];
