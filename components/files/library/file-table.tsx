import { Download, FileText, Image, Table2 } from 'lucide-react';
import { Cell, HeadCell, Table, TableHead, TableRow } from '@/components/ui/display/table';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { FileEntry } from '@/lib/files/contract';
import { fileTypeOf } from '@/lib/files/file-types';
import { contentAddress } from '../content-address';
import { sizeText } from '../size-text';

type Props = { files: readonly FileEntry[]; onOpen: (id: string) => void };

/** Files by name with size, who brought them and when. */
export function FileTable({ files, onOpen }: Props) {
  return (
    <Table aria-label="Files">
      <TableHead>
        <tr>
          <HeadCell>Name</HeadCell>
          <HeadCell className="text-right">Size</HeadCell>
          <HeadCell className="max-sm:hidden">From</HeadCell>
          <HeadCell className="text-right max-sm:hidden">Added</HeadCell>
          <HeadCell>
            <span className="sr-only">Download</span>
          </HeadCell>
        </tr>
      </TableHead>
      <tbody>
        {files.map(({ id, name, size, createdBy, createdAt }) => (
          <TableRow key={id} className="relative">
            <Cell className="max-w-0 w-full font-medium">
              <button
                type="button"
                className="flex w-full min-w-0 items-center gap-2 text-left after:absolute after:inset-0"
                onClick={() => onOpen(id)}
              >
                <Mark name={name} />
                <span className="truncate">{name}</span>
              </button>
            </Cell>
            <Cell className="text-right whitespace-nowrap text-muted tabular">
              {sizeText(size)}
            </Cell>
            <Cell className="max-w-48 truncate text-muted max-sm:hidden">
              {createdBy ?? 'A run or trigger'}
            </Cell>
            <Cell className="text-right whitespace-nowrap text-muted max-sm:hidden">
              <TimeAgo at={createdAt} />
            </Cell>
            <Cell className="w-10">
              <a
                href={contentAddress(id)}
                download={name}
                aria-label={`Download ${name}`}
                title="Download"
                className="relative z-10 inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-fg"
              >
                <Download aria-hidden className="size-3.5" />
              </a>
            </Cell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

function Mark({ name }: { name: string }) {
  const format = fileTypeOf(name)?.format;
  const isTable = format === 'csv' || format === 'workbook';
  const Icon = isTable ? Table2 : format === 'picture' ? Image : FileText;
  return <Icon aria-hidden className="size-4 shrink-0 text-muted" />;
}
