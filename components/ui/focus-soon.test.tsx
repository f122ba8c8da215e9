import { fireEvent } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { focusSoon } from './focus-soon';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  document.body.replaceChildren();
});

const find = () => document.querySelector<HTMLElement>('#wanted');
function come(): HTMLElement {
  const field = document.createElement('input');
  field.id = 'wanted';
  document.body.append(field);
  return field;
}

test('focuses what is there at once, and what comes seconds later', () => {
  const here = come();
  focusSoon(find);
  expect(document.activeElement).toBe(here);
  here.remove();
  focusSoon(find);
  vi.advanceTimersByTime(3_000);
  const late = come();
  vi.advanceTimersByTime(100);
  expect(document.activeElement).toBe(late);
});

test('not once the person did something else, or it was taken back', () => {
  focusSoon(find);
  fireEvent.keyDown(document.body, { key: 'x' });
  const takeBack = focusSoon(find);
  takeBack();
  come();
  vi.advanceTimersByTime(10_000);
  expect(document.activeElement).toBe(document.body);
});

test('gives up in the end', () => {
  focusSoon(find, 80);
  vi.advanceTimersByTime(10_000);
  come();
  vi.advanceTimersByTime(10_000);
  expect(document.activeElement).toBe(document.body);
});
