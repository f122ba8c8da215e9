'use client';

import { useTheme } from 'next-themes';
import { RadioGroup } from 'radix-ui';
import { useSyncExternalStore } from 'react';
import { cn } from '@/components/ui/cn';
import { SettingsPage } from './settings-section';

const themes = [
  { value: 'system', label: 'System', halves: ['#ffffff', '#111215'] },
  { value: 'light', label: 'Light', halves: ['#ffffff', '#ffffff'] },
  { value: 'dark', label: 'Dark', halves: ['#111215', '#111215'] },
];
const never = () => () => undefined;

/** The theme, for this browser. */
export function Appearance() {
  const { theme, setTheme } = useTheme();
  const onClient = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <SettingsPage
      title="Appearance"
      description="For this browser only."
      help="/docs/members#appearance"
    >
      <RadioGroup.Root
        aria-label="Theme"
        value={onClient ? (theme ?? 'system') : ''}
        onValueChange={setTheme}
        className="grid max-w-[560px] grid-cols-3 gap-3"
      >
        {themes.map((each) => (
          <RadioGroup.Item
            key={each.value}
            value={each.value}
            className="group rounded-lg border border-border-strong p-1.5 text-left transition-colors duration-100 hover:border-faint data-[state=checked]:border-accent data-[state=checked]:ring-1 data-[state=checked]:ring-accent"
          >
            <span aria-hidden className="flex h-20 overflow-hidden rounded-md border">
              {each.halves.map((colour, index) => (
                <Half key={index === 0 ? 'left' : 'right'} colour={colour} first={index === 0} />
              ))}
            </span>
            <span className="block px-1 pt-2 pb-0.5 text-sm">{each.label}</span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </SettingsPage>
  );
}

function Half({ colour, first }: { colour: string; first: boolean }) {
  const ink = colour === '#ffffff' ? '#d2d2d8' : '#34363d';
  return (
    <span className="flex-1 space-y-1.5 p-2.5" style={{ backgroundColor: colour }}>
      <span
        className={cn('block h-1.5 rounded-full', first ? 'w-2/3' : 'w-1/2')}
        style={{ backgroundColor: ink }}
      />
      <span className="block h-1.5 w-5/6 rounded-full" style={{ backgroundColor: ink }} />
      <span
        className={cn('block h-1.5 rounded-full', first ? 'w-1/3' : 'w-2/5')}
        style={{ backgroundColor: first ? '#5057d5' : ink }}
      />
    </span>
  );
}
