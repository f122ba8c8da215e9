import { expect, test } from 'vitest';
import { zoneChoices, zoneOf } from './time-zones';

const zones = ['America/New_York', 'Europe/Berlin', 'Asia/Kolkata'];

test.each([
  ['Europe/Berlin', 'Europe/Berlin'],
  ['berlin', 'Europe/Berlin'],
  [' New York ', 'America/New_York'],
  ['america/new_york', 'America/New_York'],
  ['Munich', 'Europe/Berlin'],
  ['utc', 'UTC'],
  ['Atlantis', undefined],
  ['', undefined],
])('knows which zone %j means', (typed, zone) => {
  expect(zoneOf(typed, zones)).toBe(zone);
});

test('offers cities by their names', () => {
  const choices = zoneChoices(zones);
  expect(choices).toContainEqual({ city: 'New York', zone: 'America/New_York' });
  expect(choices).toContainEqual({ city: 'San Francisco', zone: 'America/Los_Angeles' });
  expect(choices.map(({ city }) => city)).toEqual(choices.map(({ city }) => city).sort());
});
