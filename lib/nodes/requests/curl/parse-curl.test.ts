import { describe, expect, it } from 'vitest';
import { parseCurl } from './parse-curl';

function read(command: string) {
  const parsed = parseCurl(command);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.request;
}

describe('a curl command', () => {
  it('becomes the settings of a step', () => {
    const command = `curl --location --request POST 'https://api.example.com/v1/orders?page=2&q=a%20b' \\
      -H 'Accept: application/json' --header "X-Trace: a\\"b" \\
      --data-raw '{"name":"O'\\''Brien","n":1}' --max-time 2.5 --compressed`;
    expect(read(command)).toEqual({
      method: 'POST',
      url: 'https://api.example.com/v1/orders',
      query: [
        { name: 'page', value: '2' },
        { name: 'q', value: 'a b' },
      ],
      headers: [
        { name: 'Accept', value: 'application/json' },
        { name: 'X-Trace', value: 'a"b' },
        { name: 'Content-Type', value: 'application/x-www-form-urlencoded' },
      ],
      body: '{"name":"O\'Brien","n":1}',
      timeoutMs: 2_500,
      secrets: [],
      notes: [],
    });
  });

  it.each<[string, object]>([
    ['curl example.com', { method: 'GET', url: 'https://example.com' }],
    [
      '$ curl -sSLk http://a.example/x#y',
      { url: 'http://a.example/x', notes: ['Certificates are always checked: -k was left out.'] },
    ],
    ['curl -XDELETE https://a.example/1', { method: 'DELETE' }],
    ['curl -I https://a.example', { method: 'HEAD' }],
    ['curl https://a.example -d a=1 -d b=2', { method: 'POST', body: 'a=1&b=2' }],
    [
      'curl -G https://a.example -d a=1 --data-urlencode "b=x y"',
      {
        method: 'GET',
        body: '',
        query: [
          { name: 'a', value: '1' },
          { name: 'b', value: 'x y' },
        ],
      },
    ],
    [
      `curl https://a.example --json '{"a":1}'`,
      { method: 'POST', headers: [{ name: 'Content-Type', value: 'application/json' }] },
    ],
    ["curl https://a.example --data-raw $'a\\nb\\u0021'", { body: 'a\nb!' }],
    ['curl.exe "https://a.example/x" ^\n -H "A: b"', { headers: [{ name: 'A', value: 'b' }] }],
    [
      'curl https://a.example -d @file.json',
      { method: 'GET', notes: ['The file file.json was left out.'] },
    ],
    [
      'curl https://a.example -H "Cookie: s=1" -b t=2',
      { headers: [], notes: ['Cookies were left out: they sign somebody in.'] },
    ],
    [
      'curl https://a.example https://b.example',
      { url: 'https://a.example', notes: ['Only the first URL was taken.'] },
    ],
  ])('%s', (command, expected) => expect(read(command)).toMatchObject(expected));

  it.each<[string, object]>([
    [
      "curl https://a.example -H 'Authorization: Bearer canary'",
      { kind: 'bearer', secret: 'canary' },
    ],
    [
      "curl https://a.example -H 'authorization: Basic YWRhOmNhbmFyeQ=='",
      { kind: 'basic', userName: 'ada', secret: 'canary' },
    ],
    [
      "curl https://a.example -H 'Authorization: canary'",
      { kind: 'api_key', name: 'Authorization', secret: 'canary' },
    ],
    [
      "curl https://a.example -H 'X-API-Key: canary'",
      { kind: 'api_key', in: 'header', name: 'X-API-Key', secret: 'canary' },
    ],
    [
      "curl https://a.example -H 'PRIVATE-TOKEN: canary'",
      { kind: 'api_key', name: 'PRIVATE-TOKEN', secret: 'canary' },
    ],
    ['curl -u ada:canary https://a.example', { kind: 'basic', userName: 'ada', secret: 'canary' }],
    ['curl -uada:canary https://a.example', { kind: 'basic', secret: 'canary' }],
    ['curl https://ada:canary@a.example/x', { kind: 'basic', userName: 'ada', secret: 'canary' }],
    [
      'curl "https://a.example?access_token=canary&b=1"',
      { kind: 'api_key', in: 'query', name: 'access_token', secret: 'canary' },
    ],
    ['curl "https://a.example?key=canary"', { kind: 'api_key', in: 'query', name: 'key' }],
    ['curl --oauth2-bearer canary https://a.example', { kind: 'bearer', secret: 'canary' }],
  ])('keeps no secret in its settings: %s', (command, secret) => {
    const { secrets, ...rest } = read(command);
    expect(secrets).toMatchObject([secret]);
    expect(JSON.stringify(rest)).not.toContain('canary');
    expect(JSON.stringify(rest)).not.toContain('YWRh');
  });

  it.each([
    ['wget https://a.example', 'not a curl command'],
    ['curl', 'not a curl command'],
    ['curl -v', 'has no URL'],
    ["curl 'https://a.example", 'not closed'],
    ['curl -X PURGE https://a.example', 'PURGE is not supported'],
  ])('%s is refused', (command, problem) => {
    const parsed = parseCurl(command);
    expect(parsed.ok ? '' : parsed.problem).toContain(problem);
  });
});
