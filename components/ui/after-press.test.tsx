import { fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { afterPress } from './after-press';

test('what a field shows when it is left comes after the click that left it', async () => {
  const order: string[] = [];
  function Form() {
    const [error, setError] = useState('');
    return (
      <>
        <input aria-label="Name" onBlur={() => afterPress(() => setError('Enter a name.'))} />
        {error}
        <button type="button" onClick={() => order.push(`clicked, error: ${error}`)}>
          Add
        </button>
      </>
    );
  }
  render(<Form />);
  const [field, button] = [screen.getByLabelText('Name'), screen.getByRole('button')];
  fireEvent.pointerDown(button);
  fireEvent.blur(field);
  expect(screen.queryByText('Enter a name.')).toBeNull();
  fireEvent.pointerUp(button);
  fireEvent.click(button);
  expect(order).toEqual(['clicked, error: ']);
  await screen.findByText('Enter a name.');
});

test('it comes at once where nothing is pressed, and after a press that was given up', async () => {
  const run = vi.fn();
  afterPress(run);
  expect(run).toHaveBeenCalledTimes(1);
  fireEvent.pointerDown(document.body);
  afterPress(run);
  fireEvent.pointerCancel(document.body);
  expect(run).toHaveBeenCalledTimes(1);
  await expect.poll(() => run.mock.calls.length).toBe(2);
});
