/** Large cities that give no time zone its name. */
const zoneByCity: Readonly<Record<string, string>> = {
  'abu dhabi': 'Asia/Dubai',
  ankara: 'Europe/Istanbul',
  atlanta: 'America/New_York',
  bangalore: 'Asia/Kolkata',
  barcelona: 'Europe/Madrid',
  beijing: 'Asia/Shanghai',
  bern: 'Europe/Zurich',
  boston: 'America/New_York',
  brasilia: 'America/Sao_Paulo',
  'cape town': 'Africa/Johannesburg',
  cologne: 'Europe/Berlin',
  delhi: 'Asia/Kolkata',
  dallas: 'America/Chicago',
  edinburgh: 'Europe/London',
  frankfurt: 'Europe/Berlin',
  geneva: 'Europe/Zurich',
  hamburg: 'Europe/Berlin',
  hanoi: 'Asia/Bangkok',
  houston: 'America/Chicago',
  hyderabad: 'Asia/Kolkata',
  lyon: 'Europe/Paris',
  miami: 'America/New_York',
  milan: 'Europe/Rome',
  montreal: 'America/Toronto',
  mumbai: 'Asia/Kolkata',
  munich: 'Europe/Berlin',
  'new delhi': 'Asia/Kolkata',
  osaka: 'Asia/Tokyo',
  ottawa: 'America/Toronto',
  philadelphia: 'America/New_York',
  porto: 'Europe/Lisbon',
  'rio de janeiro': 'America/Sao_Paulo',
  'san diego': 'America/Los_Angeles',
  'san francisco': 'America/Los_Angeles',
  seattle: 'America/Los_Angeles',
  shenzhen: 'Asia/Shanghai',
  stuttgart: 'Europe/Berlin',
  'tel aviv': 'Asia/Jerusalem',
  'washington dc': 'America/New_York',
  wellington: 'Pacific/Auckland',
};

/** What a zone is called after: "New York" of America/New_York. */
export const cityOf = (zone: string): string =>
  (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/** The zone that somebody means who types its name, or a city in it; undefined for what is none of them. */
export function zoneOf(typed: string, zones: readonly string[]): string | undefined {
  const wanted = typed.trim().toLowerCase().replaceAll('_', ' ');
  if (wanted === '') return undefined;
  if (wanted === 'utc' || wanted === 'gmt') return 'UTC';
  return (
    zones.find((zone) => zone.toLowerCase().replaceAll('_', ' ') === wanted) ??
    zones.find((zone) => cityOf(zone).toLowerCase() === wanted) ??
    zoneByCity[wanted]
  );
}

/** All that can be chosen, by the words that people type: cities first. */
export function zoneChoices(zones: readonly string[]): { zone: string; city: string }[] {
  const others = Object.entries(zoneByCity).map(([city, zone]) => ({
    zone,
    city: city.replace(/(^|\s)\S/g, (letter) => letter.toUpperCase()),
  }));
  return [...zones.map((zone) => ({ zone, city: cityOf(zone) })), ...others].sort((a, b) =>
    a.city < b.city ? -1 : 1,
  );
}
