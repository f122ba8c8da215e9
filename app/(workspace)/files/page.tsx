import { FileLibrary } from '@/components/files/library/file-library';

export const metadata = { title: 'Files' };

export default function FilesPage() {
  return <FileLibrary />;
}
