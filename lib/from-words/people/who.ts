/** A member of the workspace, as far as words can name one. */
export type Member = { name: string; email: string };

/** Everybody whom a piece of text names, as far as it can be told. */
export type Who = {
  people: Member[];
  /** Addresses of people who are no members. */
  addresses: string[];
  role?: 'editor' | 'admin' | 'owner';
  /** Whoever sent the email or the form. */
  sender: boolean;
  /** Everybody, or nobody in particular. */
  anybody: boolean;
  /** Whom it names without saying who that is: a sentence each. */
  doubts: string[];
};

const address = String.raw`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`;
const jobs =
  'manager|boss|chief|team lead|lead|supervisor|colleague|assistant|director|CEO|CFO|CTO|accountant|lawyer';
const several =
  'team|group|management|accounting|finance|sales|support|legal|everybody|everyone|people|person|human|somebody|someone';
const senders =
  'sender|customer|client|applicant|visitor|guest|person who (?:wrote|asked|sent)(?: (?:it|us|in))?';
/** Words with a capital that name nobody. */
const noNames =
  'Then|And|If|When|Where|The|It|Its|Ask|Let|Have|Get|After|Before|Otherwise|Else|Please|Finally|Next|Email|Mail|Send|Write|Read|Wait|Add|Save|Classify|Summari[sz]e|Translate|Extract|Reply|Answer|Notify|Tell|Alert|For|Each|Every|Slack|Teams|Discord|Telegram|CSV|PDF|Excel|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|AI|API';
const name = String.raw`(?!(?:${noNames})\b)\p{Lu}[\p{L}’'-]*\p{L}(?<!['’]s)`;
const one = String.raw`(?:(?:[Tt]he|[Mm]y|[Oo]ur|[Aa]n?|[Ss]ome|[Aa]ll) )?(?:${address}|(?:${senders}|${jobs}|${several}|editors?|admins?|administrators?|owners?)\b|(?:[Mm]e|myself|us|them|him|her)\b|${name}(?: ${name})?)`;

/** Words that may name people, as the source of a pattern with the flag `u`. */
export const whoSource = String.raw`(?:${one}(?:(?:, | and | or |, and | or else | & )${one})*)`;

/** Whom a piece of text such as "Ben or Carla" names. */
export function readWho(text: string, { members, me }: { members: readonly Member[]; me: string }) {
  const who: Who = { people: [], addresses: [], sender: false, anybody: false, doubts: [] };
  for (const piece of text.split(/\s*(?:,|&|\band\b|\bor else\b|\bor\b)\s*/)) {
    const bare = piece.replace(/^(?:the|my|our|an?|some|all)\s+/i, '').trim();
    if (bare !== '') readOne(who, { bare, piece: piece.trim(), members, me });
  }
  return who;
}

type One = { bare: string; piece: string; members: readonly Member[]; me: string };

const whole = (source: string) => new RegExp(`^(?:${source})$`, 'i');
const [isAddress, isJob, isSender] = [whole(address), whole(jobs), whole(senders)];
const isSeveral = whole(`${several}|us`);

function readOne(who: Who, { bare, piece, members, me }: One): void {
  const role = /^(editor|admin|owner)(?:istrator)?s?$/i.exec(bare)?.[1]?.toLowerCase();
  if (role === 'editor' || role === 'admin' || role === 'owner') who.role ??= role;
  else if (/^(?:me|myself|I)$/i.test(bare)) add(who, byAddress(members, me));
  else if (isSender.test(bare) || /^(?:them|him|her)$/i.test(bare)) who.sender = true;
  else if (isJob.test(bare)) who.doubts.push(`Who “${piece}” is was not said.`);
  else if (isSeveral.test(bare)) who.anybody = true;
  else if (isAddress.test(bare)) {
    const member = members.find(({ email }) => email.toLowerCase() === bare.toLowerCase());
    if (member === undefined) who.addresses.push(bare);
    else add(who, member);
  } else {
    const called = membersCalled(bare, members);
    const [first] = called;
    if (first !== undefined && called.length === 1) add(who, first);
    else if (first === undefined) who.doubts.push(`Nobody here is called “${bare}”.`);
    else {
      const all = called.map((each) => each.name).join(' and ');
      who.doubts.push(`“${bare}” may be more than one member: ${all}.`);
    }
  }
}

function add({ people }: Who, member: Member): void {
  if (!people.some(({ email }) => email === member.email)) people.push(member);
}

const byAddress = (members: readonly Member[], wanted: string): Member =>
  members.find(({ email }) => email === wanted) ?? { name: 'you', email: wanted };

/** Members with this name, or with it as one of their names or the first part of their address. */
function membersCalled(text: string, members: readonly Member[]): Member[] {
  const wanted = plain(text);
  const exact = members.filter(({ name }) => plain(name) === wanted);
  if (exact.length > 0) return exact;
  return members.filter(
    ({ name, email }) =>
      plain(name)
        .split(/[\s-]+/)
        .includes(wanted) || plain(email.split('@')[0] ?? '') === wanted,
  );
}

const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** The same text with the names of members as they write them: "let ben check it". */
export function withNames(text: string, members: readonly Member[]): string {
  const names = members.flatMap(({ name }) => name.split(/\s+/)).filter(({ length }) => length > 2);
  return names.reduce((changed, each) => {
    const escaped = each.replace(/[^\p{L}\p{N}]/gu, '\\$&');
    const pattern = new RegExp(
      String.raw`(?<=\b(?:ask|let|have|by|from|to|tell|notify|alert|remind|inform|and|or) )${escaped}(?![\p{L}\p{N}@.])`,
      'giu',
    );
    return changed.replace(pattern, each);
  }, text);
}

/** Members whose name, or first name, stands in a text. */
export const membersNamed = (text: string, members: readonly Member[]): Member[] =>
  members.filter(({ name }) => {
    const [first = ''] = name.split(/\s+/);
    const escaped = first.replace(/[^\p{L}\p{N}]/gu, '\\$&');
    const pattern = `(?<![\\p{L}\\p{N}@.])${escaped}(?![\\p{L}\\p{N}@])`;
    return first.length > 1 && new RegExp(pattern, 'u').test(text);
  });
