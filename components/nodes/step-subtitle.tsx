import { looksLikeFile, useFileNames } from '@/components/data/use-files';

/** The setting that a card shows under its name: a file by its name, never by its id. */
export function StepSubtitle({ text, otherwise }: { text: string; otherwise: string | undefined }) {
  const isId = looksLikeFile(text);
  const nameOf = useFileNames(isId);
  return <>{nameOf(text) ?? (isId ? 'A file' : text || otherwise)}</>;
}
