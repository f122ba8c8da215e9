import { expect, it } from 'vitest';
import { deviceName } from './device-name';

const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36';
it.each([
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome}`, 'Chrome on Windows'],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Edg/140.0`, 'Edge on Windows'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile Safari/604',
    'Safari on iPhone',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/19.0 Safari/605',
    'Safari on macOS',
  ],
  [`Mozilla/5.0 (Linux; Android 16) ${chrome} SamsungBrowser/28.0`, 'Samsung Internet on Android'],
  ['curl/8.5.0', 'curl'],
  ['<script>', 'Unknown browser'],
  [null, 'Unknown browser'],
])('%s is %s', (said, name) => expect(deviceName(said)).toBe(name));
