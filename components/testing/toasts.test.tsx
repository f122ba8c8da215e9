import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { toast } from '@/components/ui/controls/toast';
import { show } from './show';

test('shows a toast', async () => {
  show(<p>Page</p>);
  toast('Moved', { action: { label: 'Undo', onClick: () => undefined } });
  expect(await screen.findByText('Moved')).toBeTruthy();
});

test('leaves no toast to the test after it', async () => {
  show(<p>Page</p>);
  toast('Saved');
  expect(await screen.findByText('Saved')).toBeTruthy();
  expect(screen.queryByText('Moved')).toBeNull();
});
