import type { Socket } from 'node:net';

type Message = { uid: number; bytes: Buffer; receivedAt: Date; flags: Set<string> };
export type ImapFolder = { validity: number; next: number; messages: Message[] };
export type ImapFolders = Map<string, ImapFolder>;

export const makeFolder = (validity: number): ImapFolder => ({ validity, next: 1, messages: [] });

type Session = {
  folders: ImapFolders;
  commands: string[];
  secure: boolean;
  withoutTls?: boolean;
  instead?(command: string): string | undefined;
  encrypt(socket: Socket): Socket;
};

type State = { signedIn: boolean; folder?: ImapFolder | undefined; readOnly: boolean };

/** Speaks with one client until it leaves. */
export function answerImap(first: Socket, session: Session): void {
  const state: State = { signedIn: false, readOnly: true };
  let socket = first;
  let secure = session.secure;
  let waiting = '';
  const listen = (on: Socket) => {
    on.on('error', () => undefined);
    on.on('data', (chunk: Buffer) => {
      if (on !== socket) return;
      waiting += chunk.toString('latin1');
      for (;;) {
        const command = nextCommand();
        if (command === undefined) return;
        answer(command);
      }
    });
  };
  /** A whole line with its literals put in as quoted strings. */
  const nextCommand = (): string | undefined => {
    let line = '';
    let rest = waiting;
    for (;;) {
      const end = rest.indexOf('\r\n');
      if (end < 0) return undefined;
      const part = rest.slice(0, end);
      rest = rest.slice(end + 2);
      const literal = /\{(\d+)(\+?)\}$/.exec(part);
      if (literal === null) {
        waiting = rest;
        return line + part;
      }
      const size = Number(literal[1]);
      if (rest.length < size) {
        if (literal[2] === '') socket.write('+ go on\r\n');
        return undefined;
      }
      line += `${part.slice(0, literal.index)}"${rest.slice(0, size)}"`;
      rest = rest.slice(size);
    }
  };
  const answer = (line: string) => {
    const [, tag = '*', name = '', rest = ''] = /^(\S+) (\S+) ?([\s\S]*)$/.exec(line) ?? [];
    const command = name.toUpperCase();
    session.commands.push(/^(LOGIN|AUTHENTICATE)$/.test(command) ? command : `${command} ${rest}`);
    const other = session.instead?.(`${command} ${rest}`);
    if (other !== undefined) return void socket.write(other.replaceAll('TAG', tag), 'latin1');
    if (command === 'STARTTLS' && !session.withoutTls && !secure) {
      socket.write(`${tag} OK begin\r\n`);
      socket.removeAllListeners('data');
      socket = session.encrypt(socket);
      secure = true;
      waiting = '';
      return listen(socket);
    }
    const capabilities = `IMAP4rev1 UIDPLUS MOVE${secure || session.withoutTls ? '' : ' STARTTLS'}`;
    socket.write(reply(tag, command, rest, { session, state, capabilities }), 'latin1');
    if (command === 'LOGOUT') socket.end();
  };
  listen(socket);
  socket.write('* OK ready\r\n');
}

type Asked = { session: Session; state: State; capabilities: string };

function reply(tag: string, command: string, rest: string, asked: Asked): string {
  const { session, state, capabilities } = asked;
  const ok = (text = 'done') => `${tag} OK ${text}\r\n`;
  switch (command) {
    case 'CAPABILITY':
      return `* CAPABILITY ${capabilities}\r\n${ok()}`;
    case 'NOOP':
    case 'ID':
      return ok();
    case 'LOGOUT':
      return `* BYE\r\n${ok()}`;
    case 'LOGIN':
      state.signedIn = rest.replaceAll('"', '') === 'ada right-password';
      return state.signedIn
        ? ok()
        : `${tag} NO [AUTHENTICATIONFAILED] wrong: ${rest.replaceAll('"', '')}\r\n`;
    default:
      if (!state.signedIn) return `${tag} NO sign in first\r\n`;
      return ofFolders(tag, command, rest, session, state) ?? `${tag} BAD unknown\r\n`;
  }
}

function ofFolders(
  tag: string,
  command: string,
  rest: string,
  { folders }: Session,
  state: State,
): string | undefined {
  const ok = (text = 'done') => `${tag} OK ${text}\r\n`;
  switch (command) {
    case 'NAMESPACE':
      return `* NAMESPACE (("" "/")) NIL NIL\r\n${ok()}`;
    case 'LIST':
    case 'LSUB': {
      const asked = /"?([^" ]*)"?$/.exec(rest)?.[1] ?? '';
      const names = [...folders.keys()].filter((name) => ['*', '%', name].includes(asked));
      return `${names.map((name) => `* ${command} () "/" "${name}"\r\n`).join('')}${ok()}`;
    }
    case 'SELECT':
    case 'EXAMINE': {
      const folder = folders.get(/^"?([^"]*)"?/.exec(rest)?.[1] ?? '');
      if (folder === undefined) return `${tag} NO [NONEXISTENT] Unknown Mailbox\r\n`;
      state.folder = folder;
      state.readOnly = command === 'EXAMINE';
      return [
        `* ${folder.messages.length} EXISTS`,
        '* FLAGS (\\Seen \\Deleted)',
        '* OK [PERMANENTFLAGS (\\Seen \\Deleted \\*)] ok',
        `* OK [UIDVALIDITY ${folder.validity}] ok`,
        `* OK [UIDNEXT ${folder.next}] ok`,
        ok(state.readOnly ? '[READ-ONLY] done' : '[READ-WRITE] done'),
      ].join('\r\n');
    }
    case 'UID': {
      if (state.folder === undefined) return `${tag} BAD no folder\r\n`;
      const [, verb = '', more = ''] = /^(\S+) ([\s\S]*)$/.exec(rest) ?? [];
      const made = ofMessages(verb.toUpperCase(), more, state.folder, folders, state.readOnly);
      return made === undefined ? `${tag} NO it is refused\r\n` : made + ok();
    }
    default:
      return undefined;
  }
}

function ofMessages(
  verb: string,
  rest: string,
  folder: ImapFolder,
  folders: ImapFolders,
  readOnly: boolean,
): string | undefined {
  const [, range = '', more = ''] = /^(\S+) ?([\s\S]*)$/.exec(rest) ?? [];
  const chosen = () => folder.messages.filter(({ uid }) => isIn(uid, range, folder));
  switch (verb) {
    case 'SEARCH':
      return `* SEARCH${folder.messages
        .filter((message) => fits(message, rest, folder))
        .map(({ uid }) => ` ${uid}`)
        .join('')}\r\n`;
    case 'FETCH':
      return chosen()
        .map((message) => fetched(message, more, folder.messages.indexOf(message) + 1))
        .join('');
    case 'STORE':
      if (readOnly) return undefined;
      for (const { flags } of chosen()) if (/^\+FLAGS/i.test(more)) flags.add('\\Seen');
      return '';
    case 'MOVE': {
      const target = folders.get(more.replaceAll('"', ''));
      if (readOnly || target === undefined) return undefined;
      const moved = chosen();
      for (const message of moved) {
        folder.messages.splice(folder.messages.indexOf(message), 1);
        target.messages.push({ ...message, uid: target.next });
        target.next += 1;
      }
      return moved.map(() => '* 1 EXPUNGE\r\n').join('');
    }
    default:
      return undefined;
  }
}

function isIn(uid: number, range: string, { messages }: ImapFolder): boolean {
  const last = messages.at(-1)?.uid ?? 0;
  const numberOf = (text: string) => (text === '*' ? last : Number(text));
  return range.split(',').some((part) => {
    const [from = '', to = from] = part.split(':');
    const [low, high] = [numberOf(from), numberOf(to)].sort((one, other) => one - other);
    return uid >= (low ?? 0) && uid <= (high ?? 0);
  });
}

/** The few keys of a search that are asked for; each must hold. */
function fits(message: Message, query: string, folder: ImapFolder): boolean {
  const text = message.bytes.toString('utf8');
  const head = text.slice(0, text.indexOf('\r\n\r\n'));
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1] ?? '';
  const has = (where: string, what: string) => where.toLowerCase().includes(what.toLowerCase());
  const keys = query.matchAll(
    /(UID|FROM|SUBJECT|TEXT|SINCE) (?:"([^"]*)"|(\S+))|(UNSEEN|ALL|SEEN)/g,
  );
  for (const [, key = '', quoted, bare, flag] of keys) {
    const value = Buffer.from(quoted ?? bare ?? '', 'latin1').toString('utf8');
    if (flag === 'UNSEEN' && message.flags.has('\\Seen')) return false;
    if (key === 'UID' && !isIn(message.uid, value, folder)) return false;
    if (key === 'FROM' && !has(field('From'), value)) return false;
    if (key === 'SUBJECT' && !has(field('Subject'), value)) return false;
    if (key === 'TEXT' && !has(text, value)) return false;
    if (key === 'SINCE' && message.receivedAt.getTime() < Date.parse(`${value} UTC`)) return false;
  }
  return true;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function fetched(message: Message, items: string, sequence: number): string {
  const { uid, bytes, receivedAt: at, flags } = message;
  const two = (number: number) => String(number).padStart(2, '0');
  const parts = [`UID ${uid}`];
  if (/RFC822\.SIZE/i.test(items)) parts.push(`RFC822.SIZE ${bytes.length}`);
  if (/FLAGS/i.test(items)) parts.push(`FLAGS (${[...flags].join(' ')})`);
  if (/INTERNALDATE/i.test(items)) {
    const clock = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(two).join(':');
    const day = `${two(at.getUTCDate())}-${months[at.getUTCMonth()]}-${at.getUTCFullYear()}`;
    parts.push(`INTERNALDATE "${day} ${clock} +0000"`);
  }
  const body = /BODY(?:\.PEEK)?\[\](?:<(\d+)\.(\d+)>)?/i.exec(items);
  if (body) {
    const start = Number(body[1] ?? 0);
    const part = body[2] === undefined ? bytes : bytes.subarray(start, start + Number(body[2]));
    const named = body[2] === undefined ? 'BODY[]' : `BODY[]<${start}>`;
    parts.push(`${named} {${part.length}}\r\n${part.toString('latin1')}`);
    if (!/PEEK/i.test(body[0])) flags.add('\\Seen');
  }
  return `* ${sequence} FETCH (${parts.join(' ')})\r\n`;
}
