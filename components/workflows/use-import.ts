'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useCreateWorkflow } from '@/components/data/queries';
import { toast } from '@/components/ui/controls/toast';
import { plural } from '@/components/ui/format';
import { type FileError, fileErrors } from './import-errors';

/** Largest file that the server takes, in bytes. */
const maxBytes = 2 * 1_048_576;

export type ImportFile = { name: string; text: string };

/** Reads JSON as JSON and everything else as YAML, which contains it. */
function mediaTypeOf({ name, text }: ImportFile): string {
  if (/\.ya?ml$/i.test(name)) return 'application/yaml';
  if (/\.json$/i.test(name)) return 'application/json';
  return /^\s*[[{]/.test(text) ? 'application/json' : 'application/yaml';
}

/** Makes a workflow of a file and opens it; what is wrong with the file is kept to be shown. */
export function useImport(folder: string | undefined, onDone: () => void) {
  const router = useRouter();
  const creation = useCreateWorkflow();
  const [file, setFile] = useState<ImportFile>();
  const [errors, setErrors] = useState<FileError[]>([]);
  const send = (given: ImportFile) => {
    setFile(given);
    setErrors([]);
    creation.mutate(
      { body: given.text, contentType: mediaTypeOf(given), folder },
      {
        onSuccess: ({ id, name, problems }) => {
          toast.success(`“${name}” was imported`, {
            description:
              problems.length > 0 ? `${plural(problems.length, 'problem')} to fix.` : undefined,
          });
          onDone();
          router.push(`/workflows/${id}`);
        },
        onError: (error) => setErrors(fileErrors(error)),
      },
    );
  };
  const read = async (given: File) => {
    if (given.size > maxBytes) {
      setFile({ name: given.name, text: '' });
      setErrors([{ message: 'The file is larger than 2 MiB.' }]);
      return;
    }
    send({ name: given.name, text: await given.text() });
  };
  const reset = () => {
    setFile(undefined);
    setErrors([]);
  };
  return { file, errors, pending: creation.isPending, send, read, reset };
}
