import {
  ArrowDownUp,
  Bot,
  Box,
  Braces,
  Brain,
  Calculator,
  CalendarClock,
  CalendarDays,
  CirclePlay,
  Clock,
  Code,
  Combine,
  CopyMinus,
  Database,
  Eraser,
  FileInput,
  FileOutput,
  FileSpreadsheet,
  FileText,
  Filter,
  Flag,
  FlagTriangleRight,
  GitBranch,
  GitFork,
  GitMerge,
  Globe,
  Group,
  Hand,
  Layers,
  List,
  LogOut,
  type LucideIcon,
  Mail,
  MessageSquare,
  Network,
  Play,
  Radio,
  RefreshCw,
  Repeat,
  Route,
  Rows3,
  Scissors,
  Search,
  Shuffle,
  Sparkles,
  Split,
  SquareFunction,
  Table,
  TableProperties,
  Timer,
  UserCheck,
  Users,
  Wand,
  WandSparkles,
  Webhook,
  Workflow,
} from 'lucide-react';
import type { NodeGroup } from '@/lib/nodes/node-type/define-node';

/** Icons that node files may name. An unknown name shows a box: adding a node never breaks the canvas. */
const icons: Record<string, LucideIcon> = {
  ArrowDownUp,
  Bot,
  Box,
  Braces,
  Brain,
  Calculator,
  CalendarClock,
  CalendarDays,
  CirclePlay,
  Clock,
  Code,
  Combine,
  CopyMinus,
  Database,
  Eraser,
  FileInput,
  FileOutput,
  FileSpreadsheet,
  FileText,
  Filter,
  Flag,
  FlagTriangleRight,
  GitBranch,
  GitFork,
  GitMerge,
  Globe,
  Group,
  Hand,
  Layers,
  List,
  LogOut,
  Mail,
  MessageSquare,
  Network,
  Play,
  Radio,
  RefreshCw,
  Repeat,
  Route,
  Rows3,
  Scissors,
  Search,
  Shuffle,
  Sparkles,
  Split,
  SquareFunction,
  Table,
  TableProperties,
  Timer,
  UserCheck,
  Users,
  Wand,
  WandSparkles,
  Webhook,
  Workflow,
};

function pascalCase(name: string): string {
  return name.replace(/(?:^|[-_ ])([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Colour of a group of nodes: one hue each, the same in palette, card and minimap. */
const groupTones: Record<NodeGroup, string> = {
  Triggers: 'bg-success-soft text-success',
  Agents: 'bg-accent-soft text-accent',
  AI: 'bg-accent-soft text-accent',
  Flow: 'bg-warning-soft text-warning',
  Data: 'bg-info-soft text-info',
  People: 'bg-danger-soft text-danger',
  Integrations: 'bg-hover text-muted',
};

type Props = { icon: string | undefined; group: NodeGroup | undefined; size?: 'sm' | 'md' };

/** The tile by which a node type is recognised. Decorative: its name stands beside it. */
export function NodeIcon({ icon, group, size = 'md' }: Props) {
  const Icon = icons[pascalCase(icon ?? '')] ?? Box;
  const tone = group ? groupTones[group] : 'bg-hover text-muted';
  const box = size === 'md' ? 'size-8 rounded-md' : 'size-6 rounded-sm';
  return (
    <span aria-hidden className={`flex shrink-0 items-center justify-center ${box} ${tone}`}>
      <Icon className={size === 'md' ? 'size-4' : 'size-3.5'} strokeWidth={1.75} />
    </span>
  );
}
