'use client';

import { Activity, ArrowRightLeft, MessageCircle, MessageSquare, Settings2 } from 'lucide-react';

export const inspectorTabs = [
  { value: 'settings', label: 'Settings', icon: <Settings2 /> },
  { value: 'data', label: 'Input/Output', icon: <ArrowRightLeft /> },
  { value: 'runs', label: 'Runs', icon: <Activity /> },
  { value: 'comments', label: 'Comments', icon: <MessageCircle /> },
  { value: 'chat', label: 'Chat', icon: <MessageSquare /> },
] as const;
