import type { Operation, ServiceAuth, ServiceDescription, ServiceField } from '../schema';

/** A service whose description the product ships. */
export type ReadyService = Omit<ServiceDescription, 'version'> & {
  /** Named after its file; steps name it `ready:<name>`. */
  name: string;
  /** Words by which people look for it besides its title. */
  aliases?: readonly string[];
  /** The vendor's pages about these operations. */
  docs: string;
};

type GivenOperation = Omit<Operation, 'fields' | 'title' | 'id' | 'method' | 'path'> & {
  fields?: ServiceField[];
};

/**
 * Declares a ready-made service; one file each, listed by `npm run catalog`. Operations hold the parameters that people use,
 * not all that a vendor takes.
 */
export function defineService(service: ReadyService): ReadyService {
  return service;
}

/** An operation: `'POST /chat.postMessage'`, what it does, and what it takes. */
export function operation(
  id: string,
  title: string,
  asked: `${Operation['method']} ${string}`,
  given: GivenOperation = {},
): Operation {
  const [, method = 'GET', path = ''] = /^(\S+) (.*)$/.exec(asked) ?? [];
  const { fields = [], ...rest } = given;
  const ordered = [
    ...fields.filter(({ required }) => required),
    ...fields.filter(({ required }) => !required),
  ];
  return { id, title, method: verbOf(method), path, fields: ordered, ...rest };
}

function verbOf(word: string): Operation['method'] {
  const verbs = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;
  return verbs.find((verb) => verb === word) ?? 'GET';
}

type More = Partial<Omit<ServiceField, 'name' | 'in'>>;
const field =
  (place: ServiceField['in'], type: ServiceField['type'] = 'text') =>
  (name: string, title: string, more: More = {}): ServiceField => ({
    ...{ key: name, name, in: place, type, title },
    ...(place === 'path' || place === 'server' ? { required: true } : {}),
    ...more,
  });

export const inServer = field('server');
export const inPath = field('path');
export const inQuery = field('query');
export const inHeader = field('header');
export const inBody = field('body');

export const must = { required: true } as const;
export const json = { kind: 'json', required: true } as const;
export const form = { kind: 'form', required: true } as const;

export const bearer = (
  hosts: string[],
  help: string,
  more: Partial<ServiceAuth> = {},
): ServiceAuth => ({
  kind: 'bearer',
  hosts,
  help,
  ...more,
});
