import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { refusalOf } from './address';
import { createEgress, type Egress } from './client';
import type { AllowedOrigin, Lookup } from './guard';

const open: { servers: Server[]; egresses: Egress[] } = { servers: [], egresses: [] };

afterEach(async () => {
  await Promise.all(open.egresses.splice(0).map((egress) => egress.close()));
  for (const server of open.servers.splice(0)) server.close();
});

async function listen(handler: RequestListener): Promise<number> {
  const server = createServer(handler);
  open.servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A DNS in which every name is this machine. */
const everythingIsLocal: Lookup = ((
  _host: string,
  options: { all?: boolean },
  done: (...args: unknown[]) => void,
) =>
  options.all
    ? done(null, [{ address: '127.0.0.1', family: 4 }])
    : done(null, '127.0.0.1', 4)) as unknown as Lookup;

function egress(allow: AllowedOrigin[] = [], lookup?: Lookup): Egress {
  const made = createEgress({ egressAllow: allow }, lookup);
  open.egresses.push(made);
  return made;
}

const get = (url: string, more: object = {}) => ({
  method: 'GET',
  url,
  headers: {},
  timeoutMs: 5_000,
  maxBytes: 10_000,
  ...more,
});

test('refuses this machine in every way of writing it, and connects to none', async () => {
  let hits = 0;
  const port = await listen((_request, response) => {
    hits += 1;
    response.end('secret');
  });
  const client = egress();
  const hosts = [
    '127.0.0.1',
    'localhost',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::127.0.0.1]',
    '[::127.0.0.1]',
  ];
  for (const host of hosts) {
    await expect(client.request(get(`http://${host}:${port}/`)), host).rejects.toMatchObject({
      code: 'address_refused',
      retryable: false,
    });
  }
  expect(hits).toBe(0);
});

test.each([
  ['10.0.0.1'],
  ['172.16.5.4'],
  ['192.168.1.1'],
  ['169.254.169.254'],
  ['168.63.129.16'],
  ['100.64.0.1'],
  ['224.0.0.1'],
  ['240.0.0.1'],
  ['255.255.255.255'],
  ['192.0.2.1'],
  ['198.18.0.1'],
  ['fd00::1'],
  ['fe80::1%eth0'],
  ['ff02::1'],
  ['2002:7f00:1::'],
  ['2001:db8::1'],
  ['2001::1'],
  ['64:ff9b:1::1'],
  ['fec0::1'],
])('%s is not a public address', (address) => {
  expect(refusalOf(address)).toBeTypeOf('string');
});

test.each([['93.184.216.34'], ['2606:2800:220:1:248:1893:25c8:1946'], ['1.1.1.1']])(
  '%s is a public address',
  (address) => {
    expect(refusalOf(address)).toBeUndefined();
  },
);

test('refuses a name that resolves to this machine', async () => {
  const port = await listen((_request, response) => response.end('secret'));
  await expect(
    egress([], everythingIsLocal).request(get(`http://harmless.example:${port}/`)),
  ).rejects.toMatchObject({ code: 'address_refused' });
});

test('refuses a name if only one of its addresses is private', async () => {
  const mixed = ((_host: string, _options: object, done: (...args: unknown[]) => void) =>
    done(null, [
      { address: '93.184.216.34', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ])) as unknown as Lookup;
  await expect(egress([], mixed).request(get('http://mixed.example/'))).rejects.toMatchObject({
    code: 'address_refused',
  });
});

test('calls what the operator allows, on that port only', async () => {
  const port = await listen((_request, response) => response.end('hello'));
  const other = await listen((_request, response) => response.end('secret'));
  const client = egress([{ host: '127.0.0.1', port }]);
  const answer = await client.request(get(`http://127.0.0.1:${port}/`));
  expect(answer).toMatchObject({ status: 200, text: 'hello' });
  await expect(client.request(get(`http://127.0.0.1:${other}/`))).rejects.toMatchObject({
    code: 'address_refused',
  });
  const named = egress([{ host: '127.0.0.1', port }], everythingIsLocal);
  expect((await named.request(get(`http://name.example:${port}/`))).text).toBe('hello');
});

test('what one fetch may reach stays closed to all others', async () => {
  const port = await listen((_request, response) => response.end('model'));
  const client = egress();
  const local = client.fetch({ allow: [{ host: '127.0.0.1', port }] });
  expect(await (await local(`http://127.0.0.1:${port}/`)).text()).toBe('model');
  await expect(client.fetch()(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
    code: 'address_refused',
  });
  await expect(client.request(get(`http://127.0.0.1:${port}/`))).rejects.toMatchObject({
    code: 'address_refused',
  });
});

test('checks where a redirect leads', async () => {
  let hits = 0;
  const hidden = await listen((_request, response) => {
    hits += 1;
    response.end('secret');
  });
  const port = await listen((_request, response) =>
    response.writeHead(302, { location: `http://127.0.0.1:${hidden}/` }).end(),
  );
  const client = egress([{ host: '127.0.0.1', port }]);
  await expect(client.request(get(`http://127.0.0.1:${port}/`))).rejects.toMatchObject({
    code: 'address_refused',
  });
  expect(hits).toBe(0);
});

test('follows three redirects and not four, and none to another scheme', async () => {
  const port = await listen((request, response) => {
    const left = Number(request.url?.slice(1));
    if (request.url === '/file') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    else if (left === 0) response.end('arrived');
    else response.writeHead(302, { location: `/${left - 1}` }).end();
  });
  const client = egress([{ host: '127.0.0.1', port }]);
  expect((await client.request(get(`http://127.0.0.1:${port}/3`))).text).toBe('arrived');
  await expect(client.request(get(`http://127.0.0.1:${port}/4`))).rejects.toMatchObject({
    code: 'redirect_refused',
  });
  await expect(client.request(get(`http://127.0.0.1:${port}/file`))).rejects.toMatchObject({
    code: 'invalid_url',
  });
});

test('takes neither credentials nor a body to another origin', async () => {
  const seen: { url?: string; headers: object; body: string }[] = [];
  const record: RequestListener = (request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      seen.push({
        ...(request.url === undefined ? {} : { url: request.url }),
        headers: request.headers,
        body,
      });
      response.end('ok');
    });
  };
  const target = await listen(record);
  const port = await listen((request, response) => {
    request.resume();
    const status = request.url === '/keep' ? 307 : 302;
    response.writeHead(status, { location: `http://127.0.0.1:${target}/` }).end();
  });
  const client = egress([{ host: '127.0.0.1', port: undefined }]);
  const secret = {
    headers: { authorization: 'Bearer s', cookie: 'c=1', 'x-api-key': 'k', accept: 'text/plain' },
  };
  await client.request(get(`http://127.0.0.1:${port}/`, secret));
  await client.request(
    get(`http://127.0.0.1:${port}/`, { ...secret, method: 'POST', body: 'private' }),
  );
  expect(seen).toHaveLength(2);
  for (const { headers, body } of seen) {
    expect(headers).toMatchObject({ accept: 'text/plain' });
    expect(JSON.stringify(headers)).not.toMatch(/Bearer|c=1|x-api-key/);
    expect(body).toBe('');
  }
  await expect(
    client.request(get(`http://127.0.0.1:${port}/keep`, { method: 'POST', body: 'private' })),
  ).rejects.toMatchObject({ code: 'redirect_refused' });
  expect(seen).toHaveLength(2);
});

test('keeps method, headers and body within one origin', async () => {
  const port = await listen((request, response) => {
    if (request.url === '/') {
      request.resume();
      return void response.writeHead(307, { location: '/there' }).end();
    }
    request.pipe(
      response.writeHead(200, {
        'x-method': request.method,
        'x-auth': request.headers.authorization,
      }),
    );
  });
  const answer = await egress([{ host: '127.0.0.1', port }]).request(
    get(`http://127.0.0.1:${port}/`, {
      method: 'PUT',
      body: 'kept',
      headers: { Authorization: 'Bearer s', Host: 'evil.example' },
    }),
  );
  expect(answer).toMatchObject({
    text: 'kept',
    headers: { 'x-method': 'PUT', 'x-auth': 'Bearer s' },
  });
});

test('stops at the size limit, counted after decompression', async () => {
  const bomb = gzipSync(Buffer.alloc(5_000_000));
  const port = await listen((request, response) => {
    if (request.url === '/zip') response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    else response.end('x'.repeat(10_001));
  });
  const client = egress([{ host: '127.0.0.1', port }]);
  for (const path of ['/', '/zip']) {
    await expect(client.request(get(`http://127.0.0.1:${port}${path}`))).rejects.toMatchObject({
      code: 'response_too_large',
      retryable: false,
    });
  }
});

test('stops at the time limit, also in the middle of a body', async () => {
  const port = await listen((request, response) => {
    if (request.url === '/body') response.write('a little');
  });
  const client = egress([{ host: '127.0.0.1', port }]);
  for (const path of ['/', '/body']) {
    await expect(
      client.request(get(`http://127.0.0.1:${port}${path}`, { timeoutMs: 100 })),
    ).rejects.toMatchObject({ code: 'request_timeout', retryable: true });
  }
});

test('stops with the reason of the caller', async () => {
  const controller = new AbortController();
  const port = await listen(() => controller.abort(new Error('cancelled by a person')));
  await expect(
    egress([{ host: '127.0.0.1', port }]).request(
      get(`http://127.0.0.1:${port}/`, { signal: controller.signal }),
    ),
  ).rejects.toThrow('cancelled by a person');
});

test.each([
  ['ftp://example.com/'],
  ['file:///etc/passwd'],
  ['http://user:pass@example.com/'],
  ['not a url'],
  ['gopher://127.0.0.1/'],
])('refuses %s', async (url) => {
  await expect(egress().request(get(url))).rejects.toMatchObject({ code: 'invalid_url' });
});

test('a refused connection is a failure that may pass', async () => {
  const port = await listen(() => undefined);
  open.servers.splice(0)[0]?.close();
  await expect(
    egress([{ host: '127.0.0.1', port }]).request(get(`http://127.0.0.1:${port}/`)),
  ).rejects.toMatchObject({ code: 'network_failed', retryable: true });
});

test('keeps every cookie that an answer sets', async () => {
  const port = await listen((_request, response) => {
    response.setHeader('set-cookie', ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2']);
    response.end('ok');
  });
  const answer = await egress([{ host: '127.0.0.1', port }]).request(
    get(`http://127.0.0.1:${port}/`),
  );
  expect(answer.cookies).toEqual(['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2']);
  expect(answer.headers['set-cookie']).toBe('a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT, b=2');
});

test.each([
  ['without a break', '/line', /line that is longer than the limit of 4 MB/],
  ['in short lines', '/lines', /is longer than the limit of 32 MB/],
  ['packed', '/zip', /longer than the limit/],
])('a model server that never stops writing is stopped: %s', async (_, path, says) => {
  const packed = gzipSync(Buffer.alloc(64 * 1_048_576));
  const port = await listen(async (request, response) => {
    if (request.url === '/zip') {
      return void response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed);
    }
    const piece = (request.url === '/line' ? 'x' : `${'x'.repeat(99)}\n`).repeat(65_536);
    while (!response.destroyed) {
      if (!response.write(piece)) {
        await new Promise<void>((resolve) => {
          const go = () => {
            response.off('drain', go).off('close', go);
            resolve();
          };
          response.once('drain', go).once('close', go);
        });
      }
    }
  });
  const answer = await egress([{ host: '127.0.0.1', port }]).fetch()(
    `http://127.0.0.1:${port}${path}`,
  );
  let read = 0;
  const reading = (async () => {
    for await (const chunk of answer.body ?? []) read += chunk.byteLength;
  })();
  await expect(reading).rejects.toMatchObject({ code: 'response_too_large', retryable: false });
  await expect(reading).rejects.toThrow(says);
  expect(read).toBeLessThanOrEqual(32 * 1_048_576);
});

test('what is shorter passes as it is, status and headers too', async () => {
  const port = await listen((_request, response) =>
    response.writeHead(418, { 'x-kept': 'yes', 'content-encoding': 'gzip' }).end(gzipSync('tea')),
  );
  const answer = await egress([{ host: '127.0.0.1', port }]).fetch()(`http://127.0.0.1:${port}/`);
  expect([answer.status, answer.headers.get('x-kept'), await answer.text()]).toEqual([
    418,
    'yes',
    'tea',
  ]);
});
