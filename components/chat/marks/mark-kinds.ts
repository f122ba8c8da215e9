import { Brain, CornerDownRight, FileText, type LucideIcon, Play } from 'lucide-react';
import type { Mark } from '@/lib/chat/marks/mark';

export const markKinds: Record<Mark['kind'], { heading: string; icon: LucideIcon }> = {
  file: { heading: 'Files', icon: FileText },
  run: { heading: 'Runs', icon: Play },
  step: { heading: 'Steps', icon: CornerDownRight },
  memory: { heading: 'Memory', icon: Brain },
};
