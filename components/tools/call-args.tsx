'use client';

import { ValueView } from '@/components/records/value-view';
import { isRecord } from '@/lib/values/unknown';

/** The arguments of a call, one under the other, whole: what a person agrees to must not be hidden behind a fold. */
export function CallArgs({ args }: { args: unknown }) {
  const entries = isRecord(args) ? Object.entries(args) : [];
  if (entries.length === 0) return <p className="text-xs text-faint">No arguments.</p>;
  return (
    <dl className="space-y-1.5">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt className="font-mono text-2xs text-faint">{name}</dt>
          <dd className="min-w-0 break-words text-sm whitespace-pre-wrap">
            {typeof value === 'string' ? (
              value || <span className="text-faint">empty</span>
            ) : isEmpty(value) ? (
              <span className="text-faint">none</span>
            ) : typeof value === 'object' && value !== null ? (
              <ValueView value={value} label={name} openDepth={3} />
            ) : (
              <span className="tabular">{String(value)}</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const isEmpty = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
