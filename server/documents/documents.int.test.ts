import { rmSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workbookTable } from '@/lib/files/documents/workbook-table';
import { scratchFolder } from '@/server/testing/scratch';
import { createDocuments, type Documents } from './documents';
import { makeDocx, makeOdt, makePdf, makePptx, makeXlsx } from './testing/make-documents';

let home: string;
let documents: Documents;
const logged: unknown[] = [];
const log = {
  warn: (...said: unknown[]) => void logged.push(said),
  error: (...said: unknown[]) => void logged.push(said),
};

beforeAll(() => {
  home = scratchFolder('documents');
  documents = createDocuments({ home, log });
});
afterAll(async () => {
  await documents.close();
  rmSync(home, { recursive: true, force: true });
});

const read = (name: string, bytes: Uint8Array) => documents.read({ name, bytes }, 'one');

const blocks = [
  { heading: 'Lease & terms' },
  { text: 'The rent is 900 euros.' },
  {
    table: [
      ['Month', 'Amount'],
      ['May', '900'],
    ],
  },
];
const markdown =
  '# Lease & terms\n\nThe rent is 900 euros.\n\n| Month | Amount |\n| --- | --- |\n| May | 900 |';

describe('documents', () => {
  it('keep headings and tables: Word and OpenDocument', async () => {
    expect(await read('lease.docx', makeDocx(blocks))).toEqual({
      kind: 'document',
      pages: [markdown],
    });
    expect(await read('lease.odt', makeOdt(blocks))).toEqual({
      kind: 'document',
      pages: [markdown],
    });
  });

  it('keep their pages: PDF and slides', async () => {
    const pdf = makePdf([['Page one (of two)', 'second line'], ['Page two']]);
    const said = await read('report.pdf', pdf);
    expect(said).toMatchObject({
      kind: 'document',
      pages: [expect.stringContaining('Page one (of two)'), 'Page two'],
    });
    const slides = await read('talk.pptx', makePptx([['Welcome'], ['Costs', 'Half of it']]));
    expect(slides).toMatchObject({ kind: 'document' });
    if (slides.kind !== 'document') return;
    expect(slides.pages).toHaveLength(2);
    expect(slides.pages[0]).toContain('Welcome');
    expect(slides.pages[1]).toContain('Half of it');
  });

  it('read e-mails with their heads, and rich text', async () => {
    const mail =
      'From: Ada <ada@example.com>\r\nTo: grace@example.com\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSee you on Friday.\r\n';
    const said = await read('note.eml', strToU8(mail));
    expect(said).toEqual({
      kind: 'document',
      pages: [
        'From: Ada <ada@example.com>\nTo: grace@example.com\nSubject: Grüße\n\nSee you on Friday.',
      ],
    });
    const rich = await read('note.rtf', strToU8('{\\rtf1\\ansi Hello {\\b bold} world.\\par}'));
    expect(rich).toMatchObject({ pages: [expect.stringContaining('Hello bold world.')] });
  });

  it('give the sheets of a workbook, with numbers, dates and codes as they are', async () => {
    const said = await read(
      'orders.xlsx',
      makeXlsx({
        Empty: [],
        Orders: [
          ['Code', 'Amount', 'Due', 'Paid'],
          ['007', 12.5, new Date('2026-05-01T00:00:00Z'), true],
          ['008', 3, new Date('2026-05-02T12:00:00Z'), false],
        ],
        'Other & more': [['x'], ['1']],
      }),
    );
    expect(said.kind).toBe('workbook');
    if (said.kind !== 'workbook') return;
    expect(workbookTable(said, {})).toEqual({
      ok: true,
      content: {
        sheet: 'Orders',
        sheets: ['Empty', 'Orders', 'Other & more'],
        columns: ['Code', 'Amount', 'Due', 'Paid'],
        rows: [
          { Code: '007', Amount: 12.5, Due: '2026-05-01', Paid: 'true' },
          { Code: '008', Amount: 3, Due: '2026-05-02T12:00:00.000Z', Paid: 'false' },
        ],
        rowCount: 2,
      },
    });
    expect(workbookTable(said, { sheet: 'other & MORE' })).toMatchObject({
      content: { rows: [{ x: '1' }] },
    });
    expect(workbookTable(said, { sheet: 'gone' })).toEqual({
      ok: false,
      problem: 'It has no sheet “gone”. Its sheets: “Empty”, “Orders”, “Other & more”.',
    });
  });
});

describe('documents that cannot be read say why', () => {
  const cases: [string, Uint8Array, RegExp][] = [
    ['scan.pdf', makePdf([[], []]), /No text was found.*scan/],
    ['empty.docx', makeDocx([{ text: ' ' }]), /No text was found/],
    ['note.pdf', strToU8('just text'), /no PDF document, despite its name/],
    ['note.docx', strToU8('just text'), /no DOCX document/],
    [
      'old.xlsx',
      new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0]),
      /password, or an old Office/,
    ],
    ['cut.xlsx', makeXlsx({ A: [['x']] }).subarray(0, 300), /cut off/],
    ['broken.pdf', strToU8('%PDF-1.7\nnothing of it'), /damaged/],
    ['other.docx', zipSync({ 'a.txt': strToU8('x') }), /damaged|No text/],
  ];
  it.each(cases)('%s', async (name, bytes, problem) => {
    expect(await read(name, bytes)).toEqual({
      kind: 'refused',
      problem: expect.stringMatching(problem),
    });
  });

  it('an archive that says it unpacks to too much is refused before it is unpacked', {
    tags: 'long',
  }, async () => {
    const part = new Uint8Array(90 * 1_048_576);
    const bomb = zipSync(
      { 'word/a.xml': part, 'word/b.xml': part, 'word/c.xml': part },
      { level: 1 },
    );
    expect(bomb.byteLength).toBeLessThan(1_048_576);
    expect(await read('bomb.docx', bomb)).toEqual({
      kind: 'refused',
      problem: 'It would unpack to more than 256 MB.',
    });
  });

  it('one that has too many elements is stopped, and the next one is read', {
    tags: 'long',
  }, async () => {
    const xml = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${'<w:p/>'.repeat(8_000_000)}</w:body></w:document>`;
    const whole = zipSync({
      '[Content_Types].xml': strToU8('<Types/>'),
      'word/document.xml': [strToU8(xml), { level: 1 }],
    });
    expect(await read('many.docx', whole)).toMatchObject({ kind: 'refused' });
    expect(await read('lease.docx', makeDocx(blocks))).toMatchObject({ pages: [markdown] });
  });

  it('one that nobody waits for any more is let go of', async () => {
    const signal = AbortSignal.abort();
    const file = { name: 'lease.docx', bytes: makeDocx(blocks) };
    expect(await documents.read(file, 'one', signal)).toMatchObject({ kind: 'refused' });
  });
});
