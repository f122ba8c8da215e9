'use client';

import { Files, SearchX } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useCan } from '@/components/shell/actor-context';
import { PageBody, PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/controls/button';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { type FileKind, fileKindNames } from '@/lib/files/file-kinds';
import { FileDetails } from './file-details';
import { useFileList } from './file-queries';
import { FileTable } from './file-table';
import { kindTitles } from './kind-titles';
import { LibraryUploads, useLibraryUploads } from './library-uploads';
import { UploadButton } from './upload-button';

/** The files of the workspace: to find, look into, download and delete. */
export function FileLibrary() {
  const [q, setQ] = useState('');
  const [kind, setKind] = useState<FileKind>();
  const [from, setFrom] = useState<'people' | 'runs'>();
  const [shown, setShown] = useState<string>();
  const words = useDeferredValue(q.trim());
  const canWrite = useCan('files.write');
  const uploads = useLibraryUploads();
  const take = (files: File[]) => uploads.add(files.map((file) => ({ file })));
  const list = useFileList({
    ...(words === '' ? {} : { q: words }),
    ...(kind === undefined ? {} : { kind }),
    ...(from === undefined ? {} : { from }),
  });
  const items = list.data?.pages.flatMap((page) => page.items);
  const filtered = words !== '' || kind !== undefined || from !== undefined;
  const clear = () => {
    setQ('');
    setKind(undefined);
    setFrom(undefined);
  };
  return (
    <>
      <PageHeader title="Files" actions={canWrite ? <UploadButton onFiles={take} /> : null} />
      <div className="flex flex-wrap gap-2 border-b px-4 py-2">
        <Input
          type="search"
          aria-label="Search files"
          placeholder="Search files"
          value={q}
          maxLength={200}
          className="w-64 max-sm:w-full"
          onChange={(event) => setQ(event.target.value)}
        />
        <Select
          aria-label="Kind"
          className="w-36"
          value={kind ?? 'all'}
          options={[
            { value: 'all', label: 'All kinds' },
            ...fileKindNames.map((name) => ({ value: name, label: kindTitles[name] })),
          ]}
          onValueChange={(next) => setKind(fileKindNames.find((name) => name === next))}
        />
        <Select
          aria-label="From"
          className="w-44"
          value={from ?? 'all'}
          options={[
            { value: 'all', label: 'From anywhere' },
            { value: 'people', label: 'Uploaded by people' },
            { value: 'runs', label: 'From runs and triggers' },
          ]}
          onValueChange={(next) => setFrom(next === 'people' || next === 'runs' ? next : undefined)}
        />
      </div>
      <LibraryUploads uploads={uploads} />
      <PageBody>
        {items === undefined ? (
          list.error ? (
            <ErrorState
              title="The files could not be loaded"
              error={list.error}
              onRetry={() => void list.refetch()}
            />
          ) : (
            <div role="status" aria-label="Loading files">
              <SkeletonRows rows={6} />
            </div>
          )
        ) : items.length > 0 ? (
          <>
            <FileTable files={items} onOpen={setShown} />
            {list.hasNextPage ? (
              <div className="flex justify-center p-3">
                <Button
                  size="sm"
                  loading={list.isFetchingNextPage}
                  onClick={() => void list.fetchNextPage()}
                >
                  Show more
                </Button>
              </div>
            ) : null}
          </>
        ) : filtered ? (
          <EmptyState
            icon={<SearchX aria-hidden />}
            title="No file fits"
            actions={<Button onClick={clear}>Show all files</Button>}
          >
            Try fewer words, or another kind.
          </EmptyState>
        ) : (
          <EmptyState
            icon={<Files aria-hidden />}
            title="No files yet"
            actions={canWrite ? <UploadButton onFiles={take} /> : null}
          >
            What you upload, attach in a chat or send to a form is kept here, and so is what steps
            write.
          </EmptyState>
        )}
      </PageBody>
      <FileDetails
        file={items?.find(({ id }) => id === shown)}
        onClose={() => setShown(undefined)}
      />
    </>
  );
}
