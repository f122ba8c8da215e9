import { isRecord, listIn, objectIn, textIn } from '@/lib/values/unknown';
import type { ServiceAuth } from '../schema';
import type { Resolve } from './references';
import { shortText } from './texts';

type Part = Readonly<Record<string, unknown>>;

const maxSchemes = 10;

/** How the service wants to be asked, the scheme that its operations name first at the front. */
export function authOf(
  document: Part,
  old: boolean,
  serverUrl: string,
  resolve: Resolve,
): ServiceAuth[] {
  const given = old ? document.securityDefinitions : objectIn(document.components)?.securitySchemes;
  const schemes = isRecord(given) ? given : {};
  const named = listIn(document.security).flatMap((one) => (isRecord(one) ? Object.keys(one) : []));
  const names = [...new Set([...named, ...Object.keys(schemes)])].slice(0, maxSchemes);
  const hosts = [new URL(serverUrl).host];
  return names.flatMap((name) => {
    const scheme = resolve(schemes[name], [
      old ? 'securityDefinitions' : 'components.securitySchemes',
      name,
    ]);
    return scheme === undefined ? [] : [{ ...kindOf(scheme), hosts, ...helpOf(scheme) }];
  });
}

function kindOf(scheme: Part): Pick<ServiceAuth, 'kind' | 'in' | 'name'> {
  const { type } = scheme;
  const word = textIn(scheme.scheme)?.toLowerCase();
  if (type === 'basic' || (type === 'http' && word === 'basic')) return { kind: 'basic' };
  if (type === 'http' && word === 'bearer') return { kind: 'bearer' };
  if (type === 'oauth2' || type === 'openIdConnect') return { kind: 'oauth2' };
  const name = textIn(scheme.name);
  if (
    type === 'apiKey' &&
    name !== undefined &&
    (scheme.in === 'header' || scheme.in === 'query')
  ) {
    return { kind: 'api_key', in: scheme.in, name: name.slice(0, 100) };
  }
  return { kind: 'other' };
}

function helpOf(scheme: Part): Pick<ServiceAuth, 'help'> {
  const help = shortText(scheme.description, 300);
  return help === undefined ? {} : { help };
}
