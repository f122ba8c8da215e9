import { cn } from '@/components/ui/cn';
import type { TextEditorProps } from './text-editor-body';

/** The box of a text field, with the editor in it or before it has come. */
export const frameClass = ({ language, singleLine, readOnly }: TextEditorProps) =>
  cn(
    'rounded-md border border-border-strong bg-surface transition-colors',
    'focus-within:border-accent data-invalid:border-danger',
    '[&_.cm-content]:!min-h-(--min) [&_.cm-scroller]:!max-h-(--max)',
    language !== 'plain' && language !== 'template' && 'font-mono',
    singleLine && '[&_.cm-content]:!py-[5px]',
    readOnly && 'bg-bg',
  );

export const frameStyle = ({ minHeight = 0, maxHeight = 420 }: TextEditorProps) =>
  ({ '--min': `${minHeight}px`, '--max': `${maxHeight}px` }) as React.CSSProperties;

let handed: string | undefined;

/** The field of this name had the focus while its editor was on the way. */
export function handFocus(label: string): void {
  handed = label;
}

/** Whether the editor that has come now takes the focus over; true once. */
export function takesFocus(label: string): boolean {
  const takes = handed === label;
  if (takes) handed = undefined;
  return takes;
}
