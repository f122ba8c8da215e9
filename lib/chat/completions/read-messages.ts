import type { WrittenMessage } from '@/lib/models/message';
import type { AskedMessage } from './contract';

/** A picture of a request. `param`: where it stands there. */
export type AskedPicture = { url: string; param: string; earlier: boolean };

export type ReadTalk =
  | { ok: true; history: WrittenMessage[]; text: string; pictures: AskedPicture[] }
  /** `param`: which part of the request is wrong. */
  | { ok: false; problem: string; param: string };

/** What one request may bring: no more is read of a thread either. */
const maxPictures = 20;
const rolesOfUser = ['user', 'system', 'developer'];

type Said = WrittenMessage & { pictures: Omit<AskedPicture, 'earlier'>[] };

/**
 * The messages of a request as a talk: what was said before, and what is asked now. What the caller says as the system is
 * said to the agent by its user, whose own instructions stand above it.
 */
export function readTalk(messages: readonly AskedMessage[]): ReadTalk {
  const said: Said[] = [];
  for (const [index, message] of messages.entries()) {
    const param = `messages[${index}].content`;
    const read = readContent(message, param);
    if ('problem' in read) return { ok: false, problem: read.problem, param: read.param };
    const role = roleOf(message.role);
    if (role === undefined) {
      const problem = `Messages of the role “${message.role.slice(0, 40)}” are not taken: the agent uses its own tools.`;
      return { ok: false, problem, param: `messages[${index}].role` };
    }
    if (role === 'assistant' && read.pictures.length > 0) {
      return { ok: false, problem: 'Only users send pictures.', param };
    }
    said.push({ role, content: read.text, pictures: read.pictures });
  }
  return talkOf(said);
}

const roleOf = (role: string): WrittenMessage['role'] | undefined =>
  rolesOfUser.includes(role) ? 'user' : role === 'assistant' ? 'assistant' : undefined;

function talkOf(said: readonly Said[]): ReadTalk {
  const end = said.findLastIndex(({ role }) => role === 'assistant') + 1;
  const asked = said.slice(end);
  const before = said.slice(0, end);
  const own = asked.flatMap(({ pictures }) => pictures);
  const texts = asked.map(({ content }) => content).filter((text) => text.trim() !== '');
  if (texts.length === 0 && own.length === 0) {
    const problem = 'The last message must be one of the user, with text or a picture.';
    return { ok: false, problem, param: 'messages' };
  }
  const pictures = [
    ...own.map((picture) => ({ ...picture, earlier: false })),
    // The newest of those that came before.
    ...before
      .toReversed()
      .flatMap((one) => one.pictures.map((each) => ({ ...each, earlier: true }))),
  ];
  if (pictures.length > maxPictures) {
    const problem = `A request takes at most ${maxPictures} pictures.`;
    return { ok: false, problem, param: 'messages' };
  }
  const history = before.map(({ role, content }) => ({ role, content }));
  return { ok: true, history, text: texts.join('\n\n'), pictures };
}

type Content = { text: string; pictures: Said['pictures'] };
const textParts = ['text', 'refusal', 'input_text', 'output_text'];
const pictureParts = ['image_url', 'input_image'];

function readContent(
  { content }: AskedMessage,
  param: string,
): Content | { problem: string; param: string } {
  if (content === undefined || content === null) return { text: '', pictures: [] };
  if (typeof content === 'string') return { text: content, pictures: [] };
  const pictures: Said['pictures'] = [];
  for (const [at, { type, image_url: image }] of content.entries()) {
    if (textParts.includes(type)) continue;
    if (!pictureParts.includes(type)) {
      return { problem: `Parts of the type “${type.slice(0, 40)}” are not taken.`, param };
    }
    const url = typeof image === 'string' ? image : image?.url;
    const place = `${param}[${at}].image_url`;
    if (url === undefined) {
      return { problem: `A part “${type}” needs an image_url.`, param: place };
    }
    pictures.push({ url, param: place });
  }
  return { text: content.map(({ text }) => text ?? '').join(''), pictures };
}
