import { cn } from '../cn';

/** How much of a whole is done, from 0 to 1. */
export function Progress({
  value,
  label,
  tone = 'accent',
  className,
}: {
  value: number;
  label: string;
  tone?: 'accent' | 'success' | 'danger';
  className?: string;
}) {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  const colour = { accent: 'bg-accent', success: 'bg-success', danger: 'bg-danger' }[tone];
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className={cn('h-1 overflow-hidden rounded-full bg-active', className)}
    >
      <div
        className={cn('h-full rounded-full transition-[width] duration-150', colour)}
        style={{ width: `${percent}%` }}
      />
    </div>
  );
}
