import { expect, test } from 'vitest';
import { personColor } from './person-color';

/** Contrast of a colour with white, as WCAG 2 reckons it. */
function contrastWithWhite(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

test('initials in white are readable on the colour of everybody', () => {
  const colors = new Set(Array.from({ length: 500 }, (_, index) => personColor(`person ${index}`)));
  expect(colors.size).toBe(10);
  for (const color of colors) expect(contrastWithWhite(color), color).toBeGreaterThanOrEqual(4.5);
});
