import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { endOtherSessions, endSession, listSessions, sessionSchema } from '@/lib/people/profile';
import { SignInForm } from '../sign-in-form';
import { ProfileSettings } from './profile-settings';

const here = sampleOf(sessionSchema, { id: 's1', current: true, device: 'Firefox on Linux' });
const phone = sampleOf(sessionSchema, { id: 's2', current: false, device: 'Safari on iPhone' });
const address = 'otpauth://totp/Ensemble:ada@example.com?secret=JBSWY3DPEHPK3PXP&issuer=Ensemble';
const sentTo = (path: string, answer: () => Response) => {
  const sent: unknown[] = [];
  api.raw(`POST /api/auth/${path}`, (body) => {
    sent.push(JSON.parse(body));
    return answer();
  });
  return sent;
};

test('signs in with a second step, and says what is wrong about a code', async () => {
  sentTo('sign-in/email', () => Response.json({ twoFactorRedirect: true }));
  const codes = sentTo('two-factor/verify-totp', () =>
    Response.json({ code: 'INVALID_CODE' }, { status: 401 }),
  );
  const backup = sentTo('two-factor/verify-backup-code', () =>
    Response.json({ code: 'ACCOUNT_TEMPORARILY_LOCKED' }, { status: 429 }),
  );
  const { user } = show(<SignInForm next="/runs" email="ada@example.com" />);
  await user.type(screen.getByLabelText('Password'), 'correct horse{Enter}');
  const code = await screen.findByRole('textbox', { name: 'Code' });
  await user.type(code, '123 456{Enter}');
  expect((await screen.findByRole('alert')).textContent).toContain('changes every 30 seconds');
  await user.click(screen.getByRole('checkbox'));
  await user.clear(code);
  await user.type(code, 'aB3dE-9xYz1{Enter}');
  expect(await screen.findByText(/Wait 15 minutes/)).toBeTruthy();
  expect(codes).toEqual([{ code: '123456', trustDevice: false }]);
  expect(backup).toEqual([{ code: 'aB3dE-9xYz1', trustDevice: true }]);
  await user.click(screen.getByRole('button', { name: 'Back' }));
  expect(screen.getByLabelText('Password')).toBeTruthy();
});

test('turns two-factor on: password, picture and key, first code, codes to keep', async () => {
  api.on(listSessions, { items: [here], twoFactor: false });
  const enabled = sentTo('two-factor/enable', () =>
    Response.json({ totpURI: address, backupCodes: ['aaaaa-bbbbb', 'ccccc-ddddd'] }),
  );
  const proved = sentTo('two-factor/verify-totp', () => Response.json({}));
  const { user } = show(<ProfileSettings />);
  await user.click(await screen.findByRole('button', { name: 'Turn on' }));
  await user.type(screen.getByLabelText('Your password'), 'correct horse{Enter}');
  expect(await screen.findByRole('img', { name: /QR code/ })).toBeTruthy();
  expect(screen.getByText('JBSWY3DPEHPK3PXP')).toBeTruthy();
  expect(screen.queryByText('aaaaa-bbbbb')).toBeNull();
  await user.type(screen.getByRole('textbox', { name: 'Code' }), '123 456{Enter}');
  const codes = await screen.findByRole('list', { name: 'Backup codes' });
  expect(
    within(codes)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual(['aaaaa-bbbbb', 'ccccc-ddddd']);
  expect([enabled, proved]).toEqual([
    [{ password: 'correct horse' }],
    [{ code: '123456', trustDevice: false }],
  ]);
  api.on(listSessions, { items: [here], twoFactor: true });
  await user.click(screen.getByRole('button', { name: 'I have kept them' }));
  expect(await screen.findByRole('button', { name: 'Turn off' })).toBeTruthy();
});

test('ends one session, and all others after asking', async () => {
  api.on(listSessions, { items: [here, phone], twoFactor: true });
  api.on(endSession, { id: 's2' });
  api.refuse(endOtherSessions, 'unavailable', 'Try again in a moment.');
  const { user } = show(<ProfileSettings />);
  expect(await screen.findByText('This browser')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Sign out Firefox on Linux' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Sign out Safari on iPhone' }));
  expect(await screen.findByText('Safari on iPhone was signed out')).toBeTruthy();
  expect(api.asked(endSession)).toMatchObject([{ params: { id: 's2' } }]);
  await user.click(screen.getByRole('button', { name: 'Sign out everywhere else' }));
  const dialog = await screen.findByRole('alertdialog', { name: 'Sign out everywhere else?' });
  await user.click(within(dialog).getByRole('button', { name: 'Sign out' }));
  expect(await screen.findByText('Try again in a moment.')).toBeTruthy();
});

test('says so when the sessions cannot be loaded', async () => {
  api.refuse(listSessions, 'unavailable', 'The database does not answer.');
  show(<ProfileSettings />);
  expect(await screen.findByText('Your sessions could not be loaded')).toBeTruthy();
});
