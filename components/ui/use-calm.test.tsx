import { act, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { useCalm } from './use-calm';

function Field({ start = '' }: { start?: string }) {
  const [text, setText] = useState(start);
  const { shown, handlers } = useCalm(text === 'month' ? undefined : `There is no “${text}”.`);
  return (
    <div {...handlers}>
      <input aria-label="Value" value={text} onChange={(event) => setText(event.target.value)} />
      {shown}
    </div>
  );
}
const type = (value: string) =>
  fireEvent.input(screen.getByLabelText('Value'), { target: { value } });

test('what comes up while somebody types waits until they pause or leave', () => {
  vi.useFakeTimers();
  render(<Field start="month" />);
  type('mon');
  expect(screen.queryByText(/There is no/)).toBeNull();
  act(() => vi.advanceTimersByTime(1_000));
  type('mont');
  act(() => vi.advanceTimersByTime(1_000));
  expect(screen.queryByText(/There is no/)).toBeNull();
  act(() => vi.advanceTimersByTime(300));
  expect(screen.getByText('There is no “mont”.')).toBeTruthy();
});

test('what was there before stays until it is mended, and leaving shows it at once', () => {
  render(<Field start="mon" />);
  type('mont');
  expect(screen.getByText('There is no “mont”.')).toBeTruthy();
  type('month');
  expect(screen.queryByText(/There is no/)).toBeNull();
  fireEvent.blur(screen.getByLabelText('Value'));
  type('months');
  expect(screen.queryByText(/There is no/)).toBeNull();
  fireEvent.blur(screen.getByLabelText('Value'));
  expect(screen.getByText('There is no “months”.')).toBeTruthy();
});
