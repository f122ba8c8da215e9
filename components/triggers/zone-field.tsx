import { useMemo, useState } from 'react';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { zoneChoices, zoneOf } from '@/lib/triggers/time-zones';

type Props = { value: string; error: string | undefined; onChange: (zone: string) => void };

/** A time zone by its name or by a city in it. */
export function ZoneField({ value, error, onChange }: Props) {
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), []);
  const choices = useMemo(() => zoneChoices(zones), [zones]);
  const [typed, setTyped] = useState<string>();
  return (
    <>
      <Field
        label="Time zone"
        hint="Type a city, such as Munich or New York."
        {...(error === undefined || typed !== undefined ? {} : { error })}
      >
        <Input
          value={typed ?? value}
          list="time-zones"
          spellCheck={false}
          autoComplete="off"
          onChange={({ target }) => {
            setTyped(target.value);
            onChange(zoneOf(target.value, zones) ?? target.value);
          }}
          onBlur={() => setTyped(undefined)}
        />
      </Field>
      <datalist id="time-zones">
        {choices.map(({ city, zone }) => (
          <option key={`${city} ${zone}`} value={city}>
            {zone}
          </option>
        ))}
      </datalist>
    </>
  );
}
