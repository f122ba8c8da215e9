'use client';

import { useTheme } from 'next-themes';
import { Toaster as Sonner, toast } from 'sonner';

export { toast };

/** Where toasts appear; once in the layout. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      gap={8}
      toastOptions={{
        classNames: {
          toast:
            '!rounded-lg !border !border-border-strong !bg-raised !text-fg !text-[13px] !shadow-pop !font-sans',
          description: '!text-muted',
          actionButton: '!bg-accent-solid !text-white',
        },
      }}
    />
  );
}

/** Says that something did not work, with the reason where there is one. */
export function toastError(title: string, error: unknown): void {
  toast.error(title, { description: error instanceof Error ? error.message : undefined });
}
