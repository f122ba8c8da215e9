import { Badge } from '@/components/ui/display/badge';
import type { ResultOf } from '@/lib/api/define-route';
import type { getOperation } from '@/lib/services/contract';

type Found = ResultOf<typeof getOperation>;

/** What the chosen operation does, asks and gives, in a few lines. */
export function OperationFacts({ service, operation }: Found) {
  const { method, path, description, deprecated } = operation;
  const help = service.auth.find((one) => one.help !== undefined)?.help;
  return (
    <div className="-mt-2 flex flex-col gap-1 text-xs text-faint">
      <p className="flex min-w-0 items-center gap-1.5">
        <Badge tone="outline">{method}</Badge>
        <code className="min-w-0 truncate font-mono text-2xs" title={path}>
          {path}
        </code>
        {deprecated ? <Badge tone="warning">deprecated</Badge> : null}
      </p>
      {description === undefined ? null : <p>{description}</p>}
      {help === undefined ? null : <p>Connection: {help}</p>}
    </div>
  );
}
