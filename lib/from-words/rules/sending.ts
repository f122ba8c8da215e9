import { type DraftedStep, literal } from '../drafted';
import { readWho, type Who, whoSource } from '../people/who';
import { doAll } from './asking';
import type { Action } from './find-actions';
import { addInput, addStep, newest, sentence, shown, type Weaving } from './weave';

const newestIn = (weaving: Weaving): string => shown(weaving) ?? 'Done.';
const nobody: Who = { people: [], addresses: [], sender: false, anybody: false, doubts: [] };

/** Whom words such as "send it to Ben and Carla" name. */
function named({ known }: Weaving, source: string, clause: string): Who {
  const found = new RegExp(source, 'u').exec(clause)?.groups?.who;
  return found === undefined
    ? nobody
    : readWho(found, { members: known.members ?? [], me: known.me });
}

const behindTo = String.raw`\bto (?<who>${whoSource})(?![\p{L}@'’-])`;
const behindVerb = String.raw`\b(?:[Ee]-?mail|[Mm]ail|[Ss]end) (?<who>${whoSource})(?![\p{L}@'’-])`;
const anyAddress = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

/** An email, where a mail server is connected; else it is only written. */
export function mail(weaving: Weaving, { clause, words }: Action, title: string): void {
  const who = recipientsIn(weaving, clause, words);
  const toSender = who.sender || (isNobody(who) && weaving.reply !== undefined);
  delete weaving.reply;
  if (weaving.known.mail === undefined) {
    noServer(weaving, toSender);
    return;
  }
  if (toSender) {
    sendToSender(weaving, title);
    return;
  }
  const addresses = [...who.people.map(({ email }) => email), ...who.addresses];
  for (const doubt of who.doubts) weaving.assumptions.add(doubt);
  const to = addresses.length > 0 ? addresses.join(', ') : weaving.known.me;
  if (addresses.length === 0) {
    const instead = who.doubts.length > 0 || who.anybody ? ' instead: change “To” in the step' : '';
    weaving.assumptions.add(`The email goes to you (${to})${instead}.`);
  }
  send(weaving, { to: literal(to), subject: literal(title), who: to });
}

const isNobody = (who: Who) =>
  who.people.length + who.addresses.length + who.doubts.length === 0 && !who.anybody;

function recipientsIn(weaving: Weaving, clause: string, words: string): Who {
  const to = named(weaving, behindTo, clause);
  const direct = isNobody(to) && !to.sender ? named(weaving, behindVerb, clause) : to;
  const written = clause.match(anyAddress) ?? [];
  const known = [...direct.people.map(({ email }) => email), ...direct.addresses];
  const others = written.filter((each) => !known.includes(each));
  if (others.length > 0)
    return { ...direct, sender: false, addresses: [...direct.addresses, ...others] };
  if (!isNobody(direct) || direct.sender) return direct;
  if (/\b(?:back|reply|replies|respond\w*)\b/i.test(words))
    return { ...nobody, sender: weaving.sender !== undefined };
  const found =
    /\b(?:e-?mail|mail|to) (?<who>(?:the )?(?:sender|customer|client|applicant|visitor|team|group)|me|us|them|him|her)\b/i.exec(
      clause,
    );
  const who = found?.groups?.who;
  return who === undefined
    ? nobody
    : readWho(who, { members: weaving.known.members ?? [], me: weaving.known.me });
}

/** The answer that was written goes to whoever wrote. */
export function sendReply(weaving: Weaving, title: string): void {
  if (weaving.reply !== 'to send') return;
  delete weaving.reply;
  if (weaving.known.mail === undefined) noServer(weaving, true);
  else sendToSender(weaving, title);
}

function noServer(weaving: Weaving, toSender: boolean): void {
  const whom = toSender ? ' to the sender' : '';
  weaving.assumptions.add(
    `Left out: sending the email. There is no connection for mail yet, so nothing is sent${whom}: the result is what would be in the email. Add one in Settings → Connections, then add the step “Send email”.`,
  );
}

function sendToSender(weaving: Weaving, title: string): void {
  const sender = weaving.sender ?? {
    what: 'form',
    address: addInput(weaving, {
      ...{ name: 'email', type: 'email', required: true },
      description: 'Address of the person who gets the answer.',
    }),
  };
  const { address, subject, what } = sender;
  if (subject === undefined) {
    weaving.assumptions.add(`The ${what} asks for the email address that the answer goes to.`);
  }
  send(weaving, {
    to: `{{ ${address} }}`,
    subject: subject === undefined ? literal(title) : `Re: {{ ${subject} }}`,
    who: subject === undefined ? `whoever sent the ${what}` : 'the sender of the email',
  });
}

function send(
  weaving: Weaving,
  { to, subject, who }: { to: string; subject: string; who: string },
) {
  const { mail: connection } = weaving.known;
  if (connection === undefined) return;
  addStep(weaving, {
    ...{ id: 'mail', type: 'send-mail', name: 'Send email' },
    does: `Sends the result by email to ${who}.`,
    config: { connection, to, subject, message: newestIn(weaving) },
  });
}

const told = String.raw`\b(?:[Nn]otify|[Aa]lert|[Pp]ing|[Ii]nform|[Rr]emind|[Ww]arn|[Tt]ell|to) (?<who>${whoSource})`;

/** A message inside the product: nothing outside is connected. */
export function notify(weaving: Weaving, { words, clause }: Action, title: string): void {
  const toMe = /\b(?:me|myself|slack|teams|discord|telegram|channel)\b/i.test(words);
  const outside = /\b(slack|teams|discord|telegram)\b/i.exec(clause)?.[1];
  if (outside !== undefined) {
    weaving.assumptions.add(
      `${sentence(outside).replace('.', '')} is not connected by this: the message goes to an inbox here. Use the step “Use a service” to send it there.`,
    );
  }
  // A schedule gives nothing: what is told is made first.
  if (newest(weaving) === undefined) doAll(weaving, clause);
  const { people, doubts } = toMe ? nobody : named(weaving, told, clause);
  const subject = literal(title.slice(0, 200));
  const body = newestIn(weaving);
  for (const { name, email } of people) {
    addStep(weaving, {
      ...{ id: 'notify', type: 'send-message', name: `Tell ${name}` },
      does: `Puts a message into the inbox of ${name}.`,
      config: { kind: 'person', name: literal(email), subject, body },
    });
  }
  for (const doubt of doubts) weaving.assumptions.add(doubt);
  if (people.length > 0) return;
  if (!toMe)
    weaving.assumptions.add('The message goes to all agents and people of this workspace.');
  addStep(weaving, {
    ...{ id: 'notify', type: 'send-message', name: toMe ? 'Tell me' : 'Tell the team' },
    does: toMe ? 'Puts a message into your inbox.' : 'Puts a message into everybody’s inbox.',
    config: {
      ...(toMe ? { kind: 'person', name: literal(weaving.known.me) } : { kind: 'all' }),
      ...{ subject, body },
    },
  });
}

/** Who may approve: those who are named, where they are members; whom nobody knows is said. */
export function approverSettings(
  weaving: Weaving,
  asked: string,
  clause: string,
): { does: string; config: DraftedStep['config'] } {
  const { known } = weaving;
  const members = known.members ?? [];
  const who = readWho(asked, { members, me: known.me });
  const people = who.people.filter(
    ({ email }) => email === known.me || members.some((each) => each.email === email),
  );
  const doubts = [
    ...who.doubts,
    ...who.addresses.map((each) => `${each} is no member of this workspace.`),
  ];
  if (people.length > 0) {
    const names = people.map(({ name }) => name).join(' and ');
    for (const doubt of doubts) weaving.assumptions.add(`${doubt} Only ${names} may approve.`);
    return {
      does: `Waits until ${names} approve${people.length > 1 || names === 'you' ? '' : 's'}.`,
      config: { people: people.map(({ email }, at) => ({ id: `person${at + 1}`, person: email })) },
    };
  }
  const role = who.role ?? /\b(editor|admin|owner)\b/i.exec(clause)?.[1]?.toLowerCase();
  if (role !== undefined) return { does: `Waits until an ${role} approves.`, config: { role } };
  const may = 'Any editor of this workspace may approve';
  if (doubts.length === 0) weaving.assumptions.add(`${may}.`);
  for (const doubt of doubts) {
    weaving.assumptions.add(`${doubt} ${may} until you name somebody in “Ask for approval”.`);
  }
  return { does: 'Waits until a person approves.', config: {} };
}
