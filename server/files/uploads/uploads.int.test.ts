import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeAs } from '@/lib/files/testing/encode-as';
import { chunkBytes, maxUnfinished, maxUnfinishedOfPerson } from '@/lib/files/uploads/limits';
import type { Actor } from '@/lib/people/schema';
import { createServices } from '@/server/compose';
import { makePdf } from '@/server/documents/testing/make-documents';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { eventually } from '@/server/testing/eventually';
import { anEditor } from '@/server/triggers/testing/fixture';
import { uploadFile } from '../upload-file';
import { cancelUpload } from './cancel-upload';
import { claimUpload } from './claim-upload';
import { createUpload } from './create-upload';
import { finishUpload } from './finish-upload';
import { forgetUploads } from './forget-uploads';
import { getUpload } from './get-upload';
import { sendChunk } from './send-chunk';

let services: Services;
let actor: Actor;
let stranger: Actor;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  [actor, stranger] = [await anEditor(services), await anEditor(services)];
});
afterAll(() => services.close());

const none = { params: {}, query: {}, body: undefined };
const begin = (name: string, size: number, { who = actor, id = randomUUID() as string } = {}) =>
  createUpload(services, who, { ...none, body: { id, name, size } });
const of = (id: string) => ({ ...none, params: { id } });
type Sent = { bytes: Uint8Array; offset?: number; claim?: number; sha256?: string; who?: Actor };
const send = (id: string, { bytes, offset = 0, claim = 1, sha256, who = actor }: Sent) =>
  sendChunk(
    services,
    who,
    { ...of(id), query: { offset, claim, sha256 }, body: undefined },
    async () => ({ bytes, mediaType: 'application/octet-stream' }),
  );
const finish = (id: string, sha256?: string, who = actor) =>
  finishUpload(services, who, { ...of(id), body: { sha256 } });
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const stored = async (id: string) => {
  const row = await services.prisma.file.findUniqueOrThrow({ where: { id } });
  return Buffer.from(row.data);
};
const problem = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: { code: string; details?: object }) => ({ code: error.code, ...error.details }),
  );

it('chunks become one file, with its trail; who asks again gets the same', async () => {
  const bytes = Buffer.from(`id,name\n${'7,Müller\n'.repeat(200_000)}`);
  const { id } = await begin('people.csv', bytes.byteLength);
  for (let at = 0; at < bytes.byteLength; at += chunkBytes) {
    const chunk = bytes.subarray(at, at + chunkBytes);
    const { received } = await send(id, { bytes: chunk, offset: at, sha256: hashOf(chunk) });
    expect(received).toBe(Math.min(bytes.byteLength, at + chunkBytes));
  }
  const made = await finish(id, hashOf(bytes));
  expect(made).toMatchObject({
    id,
    name: 'people.csv',
    size: bytes.byteLength,
    mediaType: 'text/csv',
  });
  expect((await stored(id)).equals(bytes)).toBe(true);
  expect(await finish(id)).toEqual(made);
  expect(await problem(finish(id, undefined, stranger))).toMatchObject({ code: 'not_found' });
  const trail = await services.prisma.audit.count({ where: { subjectId: id } });
  expect(trail).toBe(1);
  expect(await services.prisma.uploadChunk.count({ where: { uploadId: id } })).toBe(0);
});

it('whatever is cut, repeated or sent at a wrong place, the file has its bytes', async () => {
  let files = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 400 }),
      fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 1, max: 120 })), { maxLength: 12 }),
      async (given, sends) => {
        const bytes = Buffer.from(given.map((byte) => byte || 32));
        const { id } = await begin('any.eml', bytes.byteLength);
        for (const [offset, length] of sends) {
          const chunk = bytes.subarray(offset, offset + length);
          if (chunk.byteLength > 0) await problem(send(id, { bytes: chunk, offset }));
        }
        const { received } = await getUpload(services, actor, of(id));
        if (received < bytes.byteLength) {
          expect(await problem(finish(id))).toEqual({
            code: 'conflict',
            reason: 'offset',
            received,
          });
          await send(id, { bytes: bytes.subarray(received), offset: received });
        }
        await finish(id, hashOf(bytes));
        expect((await stored(id)).equals(bytes)).toBe(true);
        files += 1;
      },
    ),
    { numRuns: 60, seed: 15 },
  );
  process.stdout.write(`uploads with cuts and repeats: ${files}, other bytes: 0\n`);
});

it('of two senders at one place one gets in, and the other is told where to go on', async () => {
  const rounds = 20;
  const { id } = await begin('race.txt', rounds * 2);
  for (let at = 0; at < rounds * 2; at += 2) {
    const both = ['aa', 'bb'].map((text) =>
      problem(send(id, { bytes: Buffer.from(text), offset: at })),
    );
    expect((await Promise.all(both)).filter(Boolean)).toEqual([
      { code: 'conflict', reason: 'offset', received: at + 2 },
    ]);
  }
  const [one, other] = await Promise.all([finish(id), finish(id)]);
  expect(one).toEqual(other);
  expect((await stored(id)).toString()).toMatch(/^(aa|bb){20}$/);
});

it('a large file does not come in chunks of a few bytes, except the last', async () => {
  const size = 50_000_000;
  const { id } = await begin('large.pdf', size);
  const small = { code: 'invalid_input', reason: 'small', least: 5_000 };
  expect(await problem(send(id, { bytes: Buffer.alloc(4_999, 97) }))).toEqual(small);
  expect(await send(id, { bytes: Buffer.alloc(5_000, 97) })).toMatchObject({ received: 5_000 });
  await cancelUpload(services, actor, of(id));
  const short = await begin('short.txt', 10_001);
  await send(short.id, { bytes: Buffer.alloc(10_000, 97) });
  const last = await send(short.id, { bytes: Buffer.alloc(1, 97), offset: 10_000 });
  expect(last).toMatchObject({ received: 10_001 });
});

it('who goes on with it elsewhere wins, and whoever had it is told', async () => {
  const { id } = await begin('tabs.txt', 4);
  await send(id, { bytes: Buffer.from('ab') });
  const claims = await Promise.all([1, 2].map(() => claimUpload(services, actor, of(id))));
  expect(claims.map(({ claim }) => claim).sort()).toEqual([2, 3]);
  const late = (claim: number) => problem(send(id, { bytes: Buffer.from('cd'), offset: 2, claim }));
  expect(await late(1)).toEqual({ code: 'conflict', reason: 'claimed' });
  expect(await late(2)).toEqual({ code: 'conflict', reason: 'claimed' });
  expect(await late(3)).toBeUndefined();
  await finish(id);
  expect((await stored(id)).toString()).toBe('abcd');
});

it('a connection that dies in the middle of a chunk loses that chunk alone', async () => {
  const { id } = await begin('cut.txt', 4);
  await send(id, { bytes: Buffer.from('ab') });
  const other = await services.pool.connect();
  await other.query('begin');
  await other.query('select from upload where id = $1 for update', [id]);
  const lost = problem(send(id, { bytes: Buffer.from('cd'), offset: 2 }));
  await eventually(async () => {
    const { rowCount } = await services.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query like '%upload_chunk%'`,
    );
    expect(rowCount).toBe(1);
  });
  await other.query('rollback');
  other.release();
  expect(await lost).toBeDefined();
  expect(await getUpload(services, actor, of(id))).toMatchObject({ received: 2 });
  await send(id, { bytes: Buffer.from('cd'), offset: 2 });
  await finish(id);
  expect((await stored(id)).toString()).toBe('abcd');
});

it('bytes that were changed on their way are not stored, nor more than was said', async () => {
  const { id } = await begin('hash.txt', 2);
  const wrong = { bytes: Buffer.from('ab'), sha256: hashOf(Buffer.from('ac')) };
  expect(await problem(send(id, wrong))).toEqual({ code: 'invalid_input', reason: 'hash' });
  expect(await problem(send(id, { bytes: Buffer.from('abc') }))).toMatchObject({
    code: 'too_large',
  });
  await send(id, { bytes: Buffer.from('ab') });
  const whole = hashOf(Buffer.from('ax'));
  expect(await problem(finish(id, whole))).toEqual({ code: 'invalid_input', reason: 'hash' });
  expect(await services.prisma.file.count({ where: { id } })).toBe(0);
  expect((await finish(id)).size).toBe(2);
});

it('nobody else sees it, in another workspace or in the same', async () => {
  const { id } = await begin('mine.txt', 2);
  const colleague = { ...actor, userId: randomUUID() };
  for (const who of [stranger, colleague]) {
    for (const work of [
      () => getUpload(services, who, of(id)),
      () => claimUpload(services, who, of(id)),
      () => cancelUpload(services, who, of(id)),
      () => send(id, { bytes: Buffer.from('ab'), who }),
      () => finish(id, undefined, who),
    ]) {
      expect(await problem(work())).toMatchObject({ code: 'not_found' });
    }
    expect(await problem(begin('mine.txt', 2, { who, id }))).toEqual({ code: 'conflict' });
  }
  expect(await begin('mine.txt', 2, { id })).toMatchObject({ id, received: 0, claim: 1 });
});

it('what the bytes are is looked at before they become a file', async () => {
  const through = async (name: string, bytes: Uint8Array) => {
    const { id } = await begin(name, bytes.byteLength);
    for (let at = 0; at < bytes.byteLength; at += 500) {
      await send(id, { bytes: bytes.subarray(at, at + 500), offset: at });
    }
    return finish(id);
  };
  const pdf = await makePdf([['Hello']]);
  expect(await through('real.pdf', pdf)).toMatchObject({ mediaType: 'application/pdf' });
  const wide = encodeAs(`\ufeffid\tname\r\n${'1\tMüller\r\n'.repeat(400)}`, 'utf-16le');
  expect(await through('wide.tsv', wide)).toMatchObject({ size: wide.byteLength });
  for (const [name, bytes] of [
    ['no.pdf', Buffer.from('just text')],
    ['no.png', Buffer.from('just text')],
    ['no.txt', pdf],
    ['nul.txt', Buffer.concat([Buffer.alloc(700, 'a'), Buffer.from('\0b')])],
  ] as const) {
    expect(await problem(through(name, bytes)), name).toMatchObject({ code: 'invalid_input' });
  }
});

it('is refused before a byte is sent: by name, size, number and room, also two at once', async () => {
  const who = await anEditor(services);
  expect(await problem(begin('old.xls', 5, { who }))).toEqual({ code: 'unsupported_media_type' });
  expect(await problem(begin('a.txt', 9_000_000, { who }))).toMatchObject({ code: 'too_large' });
  const small = { ...services, config: { ...services.config, fileBytesPerWorkspace: 1_000 } };
  const into = (size: number) =>
    problem(createUpload(small, who, { ...none, body: { name: 'a.txt', size } }));
  const both = await Promise.all([into(600), into(600)]);
  expect(both.filter(Boolean)).toEqual([{ code: 'too_large' }]);
  // What is promised counts for all who store files.
  const whole = uploadFile(
    small,
    who,
    { params: {}, query: { name: 'b.txt' }, body: undefined },
    async () => ({
      bytes: Buffer.alloc(500, 'a'),
      mediaType: 'text/plain',
    }),
  );
  expect(await problem(whole)).toEqual({ code: 'too_large' });
  // Nobody takes the places of all.
  for (let at = 1; at < maxUnfinishedOfPerson; at += 1) await begin('a.txt', 1, { who });
  expect(await problem(begin('a.txt', 1, { who }))).toEqual({ code: 'conflict' });
  const colleague = (at: number) => ({ ...who, userId: `colleague ${at % 2}` });
  for (let at = maxUnfinishedOfPerson; at < maxUnfinished; at += 1)
    await begin('a.txt', 1, { who: colleague(at) });
  expect(await problem(begin('a.txt', 1, { who: colleague(0) }))).toEqual({ code: 'conflict' });
});

it('cancelled while it is finished, it is a file or it is gone', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { id } = await begin('end.txt', 2);
    await send(id, { bytes: Buffer.from('ab') });
    const [made, gone] = await Promise.all([
      problem(finish(id)),
      problem(cancelUpload(services, actor, of(id))),
    ]);
    expect([made, gone].filter(Boolean)).toEqual([{ code: 'not_found' }]);
    expect(await services.prisma.file.count({ where: { id } })).toBe(made ? 0 : 1);
    expect(await services.prisma.upload.count({ where: { id } })).toBe(0);
  }
});

it('is swept a day after its last byte came, with its bytes', async () => {
  const [old, young] = [await begin('old.txt', 4), await begin('young.txt', 4)];
  await send(old.id, { bytes: Buffer.from('ab') });
  const touch = (id: string, hours: number) =>
    services.pool.query(
      'update upload set touched_at = now() - make_interval(hours => $2) where id = $1',
      [id, hours],
    );
  await touch(old.id, 25);
  await touch(young.id, 23);
  await forgetUploads(services.pool);
  expect(await problem(getUpload(services, actor, of(old.id)))).toEqual({ code: 'not_found' });
  expect(await services.prisma.uploadChunk.count({ where: { uploadId: old.id } })).toBe(0);
  expect(await getUpload(services, actor, of(young.id))).toMatchObject({ received: 0 });
});
