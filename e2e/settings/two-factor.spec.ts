import { createHmac } from 'node:crypto';
import { expect } from '@playwright/test';
import { owner } from '../support/owner';
import { fillSignIn, freshPage, join, somebody } from '../support/people';
import { long, test } from '../support/test';

test.use({ storageState: owner.state });

test(
  'somebody turns two-factor on, signs in with a code of the app and with a backup code, and off again',
  long,
  async ({ page: host, browser }) => {
    const person = somebody('Tina Tower');
    const page = await join(host, person, 'Editor');
    await page.goto('/settings/profile');
    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByLabel('Your password').fill('not the password');
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
    await page.getByLabel('Your password').fill(person.password);
    await page.getByRole('button', { name: 'Continue' }).click();
    const scan = page.getByRole('dialog', { name: 'Scan with your authenticator app' });
    await expect(scan.getByRole('img', { name: /QR code/ })).toBeVisible();
    const key = (await scan.locator('code').textContent()) ?? '';
    await scan.getByRole('textbox', { name: 'Code' }).fill(codeOf(key));
    await scan.getByRole('button', { name: 'Turn on' }).click();
    const kept = page.getByRole('dialog', { name: 'Keep your backup codes' });
    const listed = kept.getByRole('list', { name: 'Backup codes' }).getByRole('listitem');
    await expect(listed.first()).toBeVisible();
    const codes = await listed.allTextContents();
    expect(codes.length).toBeGreaterThanOrEqual(8);
    await kept.getByRole('button', { name: 'I have kept them' }).click();
    await expect(page.getByText('Signing in asks for a code')).toBeVisible();
    const [backup = ''] = codes;

    const elsewhere = await freshPage(browser);
    await elsewhere.goto('/sign-in');
    await fillSignIn(elsewhere, person.email, person.password);
    await elsewhere.getByRole('textbox', { name: 'Code' }).fill('000000');
    await elsewhere.getByRole('button', { name: 'Sign in' }).click();
    await expect(elsewhere.getByRole('alert').first()).toBeVisible();
    expect((await elsewhere.request.get('/api/v2/workflows')).status()).toBe(401);
    await elsewhere.getByRole('textbox', { name: 'Code' }).fill(codeOf(key));
    await elsewhere.getByRole('button', { name: 'Sign in' }).click();
    await expect(elsewhere.getByRole('heading', { name: 'Dashboard' })).toBeVisible();

    // A backup code is good once.
    for (const takes of [true, false]) {
      const third = await freshPage(browser);
      await third.goto('/sign-in');
      await fillSignIn(third, person.email, person.password);
      await third.getByRole('textbox', { name: 'Code' }).fill(backup);
      await third.getByRole('button', { name: 'Sign in' }).click();
      await expect(
        takes
          ? third.getByRole('heading', { name: 'Dashboard' })
          : third.getByRole('alert').first(),
      ).toBeVisible();
      await third.context().close();
    }

    await page.reload();
    await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await expect(page.getByText('You are signed in nowhere else.')).toBeVisible();
    expect((await elsewhere.request.get('/api/v2/workflows')).status()).toBe(401);
    await elsewhere.context().close();

    await page.getByRole('button', { name: 'Turn off' }).click();
    await page.getByLabel('Your password').fill(person.password);
    await page.getByRole('dialog').getByRole('button', { name: 'Turn off' }).click();
    await expect(page.getByText('Two-factor is off')).toBeVisible();
    await page.context().close();
  },
);

/** The six digits that an app shows now for a key (RFC 6238). */
function codeOf(key: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...key.replaceAll('=', '')]
    .map((char) => alphabet.indexOf(char.toUpperCase()).toString(2).padStart(5, '0'))
    .join('');
  const bytes = bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [];
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', Buffer.from(bytes)).update(counter).digest();
  const at = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(at) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0');
}
