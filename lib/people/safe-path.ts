/** Where to go after signing in: a path of this site, else `/`. Anything that a browser could read as another site is refused. */
export function safePath(given: unknown): string {
  if (typeof given !== 'string' || given.length > 2_000) return '/';
  return /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(given) ? given : '/';
}
