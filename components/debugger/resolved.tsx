import { JsonView } from '@/components/ui/display/json-view';
import { catalogue } from '@/lib/nodes/catalogue';
import { titleAt } from '@/lib/workflows/config-fields';
import { typeNamed } from '@/lib/workflows/node-catalogue';
import type { Settings } from './settings-value';

type Props = {
  type: string;
  input: unknown;
  settings: Settings;
  /** Without the settings that hold no text. */
  textsOnly?: boolean;
};

/** What a step would work with now: its texts with the values put in, and the rest of its settings. */
export function Resolved({ type, input, settings, textsOnly }: Props) {
  const texts = typeof input === 'object' && input !== null ? Object.entries(input as object) : [];
  const others = Object.fromEntries(
    Object.entries(settings).filter(
      ([name, value]) =>
        value !== '' &&
        !(Array.isArray(value) && value.length === 0) &&
        !texts.some(([path]) => path === name || path.startsWith(`${name}.`)),
    ),
  );
  const rest = !textsOnly && Object.keys(others).length > 0;
  if (texts.length === 0 && !rest) {
    return (
      <p className="text-sm text-muted">
        {textsOnly
          ? 'It has no settings with values from earlier steps.'
          : 'This step has no settings.'}
      </p>
    );
  }
  return (
    <div className="space-y-3">
      {texts.map(([path, text]) => (
        <div key={path}>
          <h4 className="mb-1 text-xs text-faint">{titleOf(type, path, settings)}</h4>
          <pre className="max-h-56 overflow-auto rounded-md border bg-bg px-2.5 py-2 font-mono text-xs leading-5 break-words whitespace-pre-wrap">
            {String(text)}
          </pre>
        </div>
      ))}
      {rest ? (
        <div>
          <h4 className="mb-1 text-xs text-faint">Other settings</h4>
          <JsonView value={others} label="Other settings" openDepth={1} />
        </div>
      ) : null}
    </div>
  );
}

/** The name of a field: "Task", and "total: Expression" for a field of a row that has a name. */
export function titleOf(type: string, path: string, settings: Settings): string {
  const known = typeNamed(catalogue, type);
  const parts = path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const title = known ? titleAt(known, parts) : path;
  const [list, index] = parts;
  const rows = settings[String(list)];
  const row = Array.isArray(rows) && typeof index === 'number' ? rows[index] : undefined;
  const name = (row as { name?: unknown } | undefined)?.name;
  return typeof name === 'string' && name !== '' ? `${name}: ${title}` : title;
}
