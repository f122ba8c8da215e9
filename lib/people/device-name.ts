/** Browsers by what they say, those that name others as well first. */
const browsers: readonly (readonly [string, RegExp])[] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\/|\bOpera\b/],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS|Chromium|HeadlessChrome)\//],
  ['Safari', /\bSafari\//],
];
const systems: readonly (readonly [string, RegExp])[] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b|\bMacintosh\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b|\bX11\b/],
];

/** A browser for people, by how it named itself: `Firefox on Windows`. */
export function deviceName(userAgent: string | null | undefined): string {
  const said = (userAgent ?? '').slice(0, 500);
  const [browser] = browsers.find(([, shape]) => shape.test(said)) ?? [];
  const [system] = systems.find(([, shape]) => shape.test(said)) ?? [];
  if (browser !== undefined) return system === undefined ? browser : `${browser} on ${system}`;
  const [program] = /^[A-Za-z][\w.-]{1,30}/.exec(said) ?? [];
  return system ?? program ?? 'Unknown browser';
}
