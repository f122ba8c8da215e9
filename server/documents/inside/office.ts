import { type OfficeContentNode, parseOffice } from 'officeparser/slim';
import {
  type DocumentKind,
  documentLimits,
  type ReadDocument,
  type WorkbookCell,
} from '@/lib/files/documents/schema';

type OfficeKind = Exclude<DocumentKind, 'pdf' | 'xlsx' | 'eml'>;

/** Word, PowerPoint, OpenDocument, RTF and EPUB, as Markdown; of a spreadsheet its tables. */
export async function readOffice(kind: OfficeKind, bytes: Uint8Array): Promise<ReadDocument> {
  const { content } = await parseOffice(new Uint8Array(bytes).buffer, {
    fileType: kind,
    ignoreInternalLinks: true,
    decompressionLimits: {
      maxUncompressedBytes: documentLimits.unpackedBytes,
      maxZipEntries: documentLimits.entries,
    },
  });
  if (kind === 'ods') {
    const sheets = content.filter(({ type }) => type === 'sheet');
    return {
      kind: 'workbook',
      sheets: sheets.map((sheet, index) => ({
        name: sheetName(sheet, index),
        rows: rowsOf(sheet),
      })),
    };
  }
  const slides = content.filter(({ type }) => type === 'slide' || type === 'page');
  const pages =
    slides.length > 0
      ? slides.map(({ children = [] }) => markdownOf(children))
      : [markdownOf(content)];
  return { kind: 'document', pages };
}

const sheetName = ({ metadata }: OfficeContentNode, index: number): string => {
  const name = metadata && 'sheetName' in metadata ? metadata.sheetName : undefined;
  return typeof name === 'string' ? name : `Sheet ${index + 1}`;
};

function rowsOf({ children = [] }: OfficeContentNode): WorkbookCell[][] {
  return children
    .filter(({ type }) => type === 'row')
    .map(({ children: cells = [] }) =>
      cells.filter(({ type }) => type === 'cell').map((cell) => numberOrText(textOf(cell))),
    );
}

function numberOrText(text: string): WorkbookCell {
  if (text === '') return null;
  return /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text) ? Number(text) : text;
}

const markdownOf = (nodes: readonly OfficeContentNode[]): string =>
  nodes
    .map(blockOf)
    .filter((text) => text !== '')
    .join('\n\n')
    .replaceAll('\n\n- ', '\n- ')
    .trim();

function blockOf(node: OfficeContentNode): string {
  const { type, metadata, children = [] } = node;
  switch (type) {
    case 'heading': {
      const level = metadata && 'level' in metadata ? Number(metadata.level) : 1;
      return `${'#'.repeat(Math.min(Math.max(level, 1), 6))} ${oneLine(textOf(node))}`;
    }
    case 'list': {
      const depth = metadata && 'indentation' in metadata ? Number(metadata.indentation) : 0;
      return `${'  '.repeat(Math.min(Math.max(depth || 0, 0), 8))}- ${oneLine(textOf(node))}`;
    }
    case 'table':
      return tableOf(children);
    case 'code':
      return `\`\`\`\n${textOf(node)}\n\`\`\``;
    case 'slide':
    case 'page':
    case 'sheet':
      return markdownOf(children);
    case 'note':
    case 'comment': {
      const text = oneLine(textOf(node));
      return text === '' ? '' : `> ${type === 'note' ? 'Note' : 'Comment'}: ${text}`;
    }
    case 'image':
    case 'chart':
    case 'drawing':
    case 'embed':
    case 'break':
    case 'slideMaster':
      return '';
    default:
      return textOf(node).trim();
  }
}

function tableOf(rows: readonly OfficeContentNode[]): string {
  const lines = rows.map(({ children = [] }) =>
    children.map((cell) => oneLine(textOf(cell)).replaceAll('|', '\\|')),
  );
  const width = Math.max(0, ...lines.map((cells) => cells.length));
  if (width === 0) return '';
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, at) => cells[at] ?? '').join(' | ')} |`;
  const [first = [], ...rest] = lines;
  return [line(first), line(Array.from({ length: width }, () => '---')), ...rest.map(line)].join(
    '\n',
  );
}

const textOf = ({ text, children = [] }: OfficeContentNode): string =>
  text ?? children.map(textOf).join('');

const oneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ').trim();
