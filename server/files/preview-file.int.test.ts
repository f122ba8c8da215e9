import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  previewFile as contract,
  listFiles as listContract,
  getFileText as textOf,
} from '@/lib/files/contract';
import { encodeAs } from '@/lib/files/testing/encode-as';
import type { Actor } from '@/lib/people/schema';
import { createServices } from '@/server/compose';
import { makePdf, makeXlsx } from '@/server/documents/testing/make-documents';
import { saveFile } from '@/server/runs/worker/requests/save-file';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { anEditor } from '@/server/triggers/testing/fixture';
import { getFileContent } from './get-file-content';
import { getFileText } from './get-file-text';
import { getFileUses } from './get-file-uses';
import { listFiles } from './list-files';
import { previewFile } from './preview-file';
import { uploadFile } from './upload-file';

let services: Services;
let actor: Actor;
let stranger: Actor;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  [actor, stranger] = [await anEditor(services), await anEditor(services)];
});
afterAll(() => services.close());

const upload = (name: string, bytes: Uint8Array) =>
  uploadFile(services, actor, { params: {}, query: { name }, body: undefined }, async () => ({
    bytes,
    mediaType: 'application/octet-stream',
  }));
const preview = (file: string, more: object = {}, who = actor) =>
  previewFile(services, who, {
    params: {},
    query: contract.query.parse({ file, ...more }),
    body: undefined,
  });

it.each([
  ['latin.csv', encodeAs('id;name\r\n007;Müller\r\n', 'windows-1252'), 'windows-1252'],
  ['wide.tsv', encodeAs('\ufeffid\tname\r\n007\tMüller\r\n', 'utf-16le'), 'utf-16le'],
  ['utf8.TSV', encodeAs('id\tname\r\n007\tMüller\r\n', 'utf-8'), 'utf-8'],
])('keeps %s as it is, and shows what is read from it', async (name, bytes, encoding) => {
  const { id, size } = await upload(name, bytes);
  expect(size).toBe(bytes.byteLength);
  const shown = { columns: ['id', 'name'], rows: [['007', 'Müller']], rowCount: 1, problem: null };
  expect(await preview(id)).toMatchObject({ ...shown, encoding, name });
});

it('follows the settings, and says what is wrong with line and column', async () => {
  const { id } = await upload('titled.csv', encodeAs('Report\nid;price\n1;3,50\n', 'utf-8'));
  expect((await preview(id)).problem).toMatch(/^Line 2, column 4: .*set the header row/);
  const set = { headingRow: '2', numbers: 'comma' };
  expect(await preview(id, set)).toMatchObject({ columns: ['id', 'price'], rows: [[1, 3.5]] });
  expect(await preview(id, { format: 'text' })).toMatchObject({
    text: 'Report\nid;price\n1;3,50\n',
  });
});

it('reads samples, looks at the beginning of what is large, and shows nothing to strangers', async () => {
  expect((await preview('sample:sales.csv')).columns[0]).toBe('month');
  const { id } = await upload(
    'large.csv',
    encodeAs(`n,t\n${'1,abcdefghij\n'.repeat(200_000)}`, 'utf-8'),
  );
  const large = await preview(id);
  expect([large.rows.length, large.rowCount, large.problem]).toEqual([20, null, null]);
  await expect(preview(id, {}, stranger)).rejects.toMatchObject({ code: 'not_found' });
});

it('shows sheets and pages, and gives their text piece by piece', async () => {
  const book = await upload(
    'orders.xlsx',
    makeXlsx({
      Notes: [],
      May: [
        ['Code', 'Sum'],
        ['007', 5],
      ],
    }),
  );
  expect(await preview(book.id)).toMatchObject({
    ...{ format: 'workbook', columns: ['Code', 'Sum'], rows: [['007', 5]], rowCount: 1 },
    ...{ sheets: ['Notes', 'May'], problem: null, encoding: null },
  });
  expect((await preview(book.id, { sheet: 'June' })).problem).toMatch(/no sheet “June”.*“May”/);
  const paper = await upload('paper.pdf', makePdf([['One'], ['Two']]));
  expect(await preview(paper.id)).toMatchObject({ format: 'document', pages: 2 });
  const ask = (id: string, more: object = {}) =>
    getFileText(services, actor, {
      params: { id },
      query: textOf.query.parse(more),
      body: undefined,
    });
  expect(await ask(book.id)).toMatchObject({ text: '| Code | Sum |\n| --- | --- |\n| 007 | 5 |' });
  const first = await ask(paper.id, { limit: '10' });
  expect(first).toMatchObject({ pages: 2, text: '[Page 1]\nO', nextOffset: 10 });
  const rest = await ask(paper.id, { offset: '10' });
  expect(first.text + rest.text).toBe('[Page 1]\nOne\n\n[Page 2]\nTwo');
  const scan = await upload('scan.pdf', makePdf([[]]));
  await expect(ask(scan.id)).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringMatching(/No text was found.*scan/),
  });
});

it('gives its bytes to be saved, never as a page, and to nobody else', async () => {
  const page = '<script>alert(1)</script>';
  const { id } = await upload('Größe "1".html', encodeAs(page, 'utf-8'));
  const ask = (who: Actor) =>
    getFileContent(services, who, { params: { id }, query: {}, body: undefined });
  const answer = await ask(actor);
  expect(await answer.text()).toBe(page);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="Gr__e _1_.html"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22.html`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  });
  await expect(ask(stranger)).rejects.toMatchObject({ code: 'not_found' });
});

it('lists what fits: words, kind and who brought it, page by page, of one workspace', async () => {
  const who = await anEditor(services);
  const put = async (name: string) => {
    const query = { name };
    const bytes = encodeAs('a,b\n1,2\n', 'utf-8');
    const read = async () => ({ bytes, mediaType: 'text/csv' });
    return uploadFile(services, who, { params: {}, query, body: undefined }, read);
  };
  for (const name of ['Orders May.csv', 'orders 100%.tsv', 'notes.txt', 'odd_name.md'])
    await put(name);
  const { id } = await saveFile(
    services,
    { workspaceId: who.workspaceId, runId: 'r', step: { id: 's' } },
    { name: 'report.bin', mediaType: 'text/plain', bytes: encodeAs('x', 'utf-8') },
  );
  const list = async (more: object = {}, actorOf = who) => {
    const query = listContract.query.parse(more);
    return listFiles(services, actorOf, { params: {}, query, body: undefined });
  };
  const names = async (more: object) => (await list(more)).items.map(({ name }) => name);
  expect(await names({ q: 'MAY orders' })).toEqual(['Orders May.csv']);
  expect(await names({ q: '100%' })).toEqual(['orders 100%.tsv']);
  expect(await names({ q: 'd_n' })).toEqual(['odd_name.md']);
  expect(await names({ kind: 'table' })).toEqual(['orders 100%.tsv', 'Orders May.csv']);
  expect(await names({ kind: 'other' })).toEqual(['report.bin']);
  expect(await names({ from: 'runs' })).toEqual(['report.bin']);
  expect((await names({ from: 'people' })).length).toBe(4);
  const first = await list({ limit: '3' });
  const rest = await list({ limit: '3', cursor: first.nextCursor });
  expect([...first.items, ...rest.items].map(({ name }) => name)).toEqual(await names({}));
  expect(first.items[0]).toMatchObject({ id, createdBy: null, keptUntil: expect.any(String) });
  expect(rest.items.at(-1)).toMatchObject({ createdBy: expect.any(String), keptUntil: null });
  expect((await list({}, stranger)).items.map(({ name }) => name)).not.toContain('report.bin');
  const uses = (asker: Actor) =>
    getFileUses(services, asker, { params: { id }, query: {}, body: undefined });
  expect(await uses(who)).toEqual({ items: [] });
  await expect(uses(stranger)).rejects.toMatchObject({ code: 'not_found' });
});

it.each([
  ['book.xls', Uint8Array.of(0xd0, 0xcf), 'unsupported_media_type', /old format.*\.xlsx/],
  ['book.xlsx', encodeAs('a,b\n', 'utf-8'), 'invalid_input', /no XLSX document/],
  ['long.txt', new Uint8Array(8_388_609).fill(97), 'too_large', /8 MB/],
  ['book.csv', Uint8Array.of(0x50, 0x4b, 3, 4), 'invalid_input', /Excel workbook/],
  ['nul.csv', encodeAs('a,b\n1,x\0y\n', 'utf-8'), 'invalid_input', /Line 2, column 4: a NUL/],
  ['empty.csv', new Uint8Array(), 'invalid_input', /empty/],
  ['tool.exe', Uint8Array.of(0x4d, 0x5a), 'unsupported_media_type', /csv, tsv/],
])('refuses to keep %s, with the reason', async (name, bytes, code, message) => {
  await expect(upload(name, bytes)).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
  });
});
