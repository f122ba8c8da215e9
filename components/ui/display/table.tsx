import type { ComponentProps } from 'react';
import { cn } from '../cn';

/** A dense table with hairlines; give it a caption or an aria-label. */
export function Table({ className, ...rest }: ComponentProps<'table'>) {
  return <table className={cn('w-full border-collapse text-sm', className)} {...rest} />;
}

export function TableHead({ className, ...rest }: ComponentProps<'thead'>) {
  return <thead className={cn('border-b text-xs text-faint', className)} {...rest} />;
}

export function TableRow({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr className={cn('border-b last:border-b-0 hover:bg-hover/60', className)} {...rest} />;
}

export function HeadCell({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      className={cn(
        'h-8 px-2 text-left font-medium whitespace-nowrap first:pl-4 last:pr-4',
        className,
      )}
      {...rest}
    />
  );
}

export function Cell({ className, ...rest }: ComponentProps<'td'>) {
  return <td className={cn('h-10 px-2 first:pl-4 last:pr-4', className)} {...rest} />;
}
