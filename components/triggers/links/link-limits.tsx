import { useState } from 'react';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { formatCount } from '@/components/ui/format';
import { maxPerDay, maxPerMinute } from '@/lib/triggers/link';

type Limits = { perMinute: number; perDay: number };
type Props = {
  /** What is counted, such as "Submissions". */
  what: string;
  value: Limits;
  onChange: (change: Partial<Limits>) => void;
};

/** How often a link may be used, by all people together. */
export function LinkLimits({ what, value, onChange }: Props) {
  return (
    <div className="grid grid-cols-2 gap-3">
      <Limit
        label={`${what} a minute`}
        hint="One sender may use a third."
        most={maxPerMinute}
        value={value.perMinute}
        onChange={(perMinute) => onChange({ perMinute })}
      />
      <Limit
        label={`${what} a day`}
        hint="Of all senders together."
        most={maxPerDay}
        value={value.perDay}
        onChange={(perDay) => onChange({ perDay })}
      />
    </div>
  );
}

type LimitProps = {
  label: string;
  hint: string;
  most: number;
  value: number;
  onChange: (value: number) => void;
};

/** While it is typed, it may be no number yet. */
function Limit({ label, hint, most, value, onChange }: LimitProps) {
  const [text, setText] = useState(String(value));
  const fits = (typed: string) =>
    /^\d+$/.test(typed) && Number(typed) >= 1 && Number(typed) <= most;
  const error = fits(text) ? {} : { error: `From 1 to ${formatCount(most)}.` };
  return (
    <Field label={label} hint={hint} {...error}>
      <Input
        inputMode="numeric"
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          if (fits(target.value)) onChange(Number(target.value));
        }}
      />
    </Field>
  );
}
