import { CopyButton } from '@/components/ui/controls/copy-button';

type Props = { title: string; write: string; given: Record<string, unknown>; gives: unknown };

const shown = (value: unknown) => JSON.stringify(value, null, 1)?.replace(/\n\s*/g, ' ');

/** What one writes, what it is given, and what comes out. */
export function ManualExample({ title, write, given, gives }: Props) {
  const names = Object.entries(given);
  return (
    <figure className="group relative overflow-hidden rounded-lg border">
      {title ? (
        <figcaption className="border-b bg-bg px-3 py-1.5 pr-10 text-xs font-medium">
          {title}
        </figcaption>
      ) : null}
      <CopyButton text={write} className="absolute top-0.5 right-1 bg-bg" />
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 px-3 py-2.5 text-xs leading-5">
        <Row label="Write">{write}</Row>
        {names.map(([name, value]) => (
          <Row key={name} label={name} faint>
            {shown(value)}
          </Row>
        ))}
        <Row label="Result">{shown(gives)}</Row>
      </dl>
    </figure>
  );
}

function Row({ label, faint, children }: { label: string; faint?: boolean; children: string }) {
  return (
    <>
      <dt className={faint ? 'font-mono text-faint' : 'text-faint'}>{label}</dt>
      <dd
        className={`font-mono whitespace-pre-wrap [overflow-wrap:anywhere] ${faint ? 'text-muted' : ''}`}
      >
        {children}
      </dd>
    </>
  );
}
