import { cn } from '@/components/ui/cn';
import { contentAddress } from './content-address';

type Props = { id: string; name: string; className?: string };

/** A picture of the workspace's files, as it is. */
export function Picture({ id, name, className }: Props) {
  return (
    // biome-ignore lint/performance/noImgElement: it comes from the database, with rights checked
    <img
      src={contentAddress(id)}
      alt={name}
      loading="lazy"
      className={cn('rounded-md border bg-raised object-contain', className)}
    />
  );
}
