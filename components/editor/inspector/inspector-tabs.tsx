'use client';

import { Activity, ArrowRightLeft, MessageCircle, MessageSquare, Settings2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { InspectorTab } from '@/components/session/state/local-state';

type Tab = {
  value: InspectorTab;
  label: string;
  /** In the rail, where the label is too long. */
  word?: string;
  icon: ReactNode;
};

export const inspectorTabs: readonly Tab[] = [
  { value: 'settings', label: 'Settings', icon: <Settings2 /> },
  { value: 'data', label: 'Input/Output', word: 'Output', icon: <ArrowRightLeft /> },
  { value: 'runs', label: 'Runs', icon: <Activity /> },
  { value: 'comments', label: 'Comments', icon: <MessageCircle /> },
  { value: 'chat', label: 'Chat', icon: <MessageSquare /> },
];
