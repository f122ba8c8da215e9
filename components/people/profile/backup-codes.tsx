import { CopyButton } from '@/components/ui/controls/copy-button';

/** Codes that each sign one in once without the phone. They are shown this one time. */
export function BackupCodes({ codes }: { codes: readonly string[] }) {
  return (
    <div className="space-y-3">
      <p className="text-sm text-muted">
        Each of them signs you in once, when your phone is lost. They are not shown again: save them
        in a password manager, or print them.
      </p>
      <div className="relative rounded-md border bg-raised p-3">
        <CopyButton
          text={codes.join('\n')}
          label="Copy the codes"
          className="absolute top-1.5 right-1.5"
        />
        <ul
          aria-label="Backup codes"
          className="grid grid-cols-2 gap-x-6 gap-y-1 font-mono text-sm"
        >
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
