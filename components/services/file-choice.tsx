'use client';

import { FileUp } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '@/components/ui/controls/button';
import { toast } from '@/components/ui/controls/toast';

/** As the contract has it, with room for what JSON escapes. */
const maxBytes = 4_000_000;

type Props = {
  file: { name: string; text: string } | undefined;
  onChoose: (file: { name: string; text: string }) => void;
};

/** Chooses an OpenAPI document from the disk. */
export function FileChoice({ file, onChoose }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const read = async (chosen: File | undefined) => {
    if (!chosen) return;
    if (chosen.size > maxBytes) {
      toast.error('The file is larger than 4 MB', {
        description: 'Add it by its address, which may have 8 MB.',
      });
      return;
    }
    onChoose({ name: chosen.name, text: await chosen.text() });
  };
  return (
    <div className="flex items-center gap-2">
      <Button type="button" onClick={() => input.current?.click()}>
        <FileUp aria-hidden /> Choose a file
      </Button>
      <span className="min-w-0 truncate text-xs text-muted">
        {file?.name ?? 'OpenAPI 3.0, 3.1 or Swagger 2.0, as JSON or YAML'}
      </span>
      <input
        ref={input}
        type="file"
        accept=".json,.yaml,.yml,application/json,application/yaml"
        aria-label="OpenAPI document"
        className="hidden"
        onChange={(event) => void read(event.target.files?.[0])}
      />
    </div>
  );
}
