import type { NewService } from '@/components/data/service-queries';

/** A service as it stands in the form that adds it. */
export type ServiceDraft = {
  from: 'url' | 'file';
  url: string;
  file: { name: string; text: string } | undefined;
  name: string;
  serverUrl: string;
  connection: string;
};

export const emptyDraft: ServiceDraft = {
  from: 'url',
  url: '',
  file: undefined,
  name: '',
  serverUrl: '',
  connection: '',
};

/** What the server is asked for; undefined while something is missing. */
export function newServiceOf(draft: ServiceDraft): NewService | undefined {
  const { from, file } = draft;
  const [url, name, serverUrl] = [draft.url.trim(), draft.name.trim(), draft.serverUrl.trim()];
  const more = {
    ...(name === '' ? {} : { name }),
    ...(serverUrl === '' ? {} : { serverUrl }),
    ...(draft.connection === '' ? {} : { connection: draft.connection }),
  };
  if (from === 'url') return url === '' ? undefined : { url, ...more };
  return file === undefined ? undefined : { document: file.text, ...more };
}
