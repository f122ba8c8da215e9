import { useMemo } from 'react';
import { encode } from 'uqr';
import { CopyButton } from '@/components/ui/controls/copy-button';

/** What an authenticator app scans, and the key for those who type it. Dark on light in both themes: cameras want it so. */
export function QrCode({ address }: { address: string }) {
  const { size, path } = useMemo(() => drawn(address), [address]);
  const key = new URL(address).searchParams.get('secret') ?? '';
  return (
    <div className="flex flex-col items-center gap-3">
      <svg
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label="QR code for your authenticator app"
        className="size-44 rounded-md border bg-white"
        shapeRendering="crispEdges"
      >
        <path d={path} fill="#000" />
      </svg>
      <p className="text-xs text-muted">Or enter this key in the app:</p>
      <div className="flex max-w-full items-center gap-1.5">
        <code className="font-mono text-xs [overflow-wrap:anywhere]">{key}</code>
        <CopyButton text={key} label="Copy the key" />
      </div>
    </div>
  );
}

function drawn(text: string): { size: number; path: string } {
  const { size, data } = encode(text, { border: 3 });
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return { size, path };
}
