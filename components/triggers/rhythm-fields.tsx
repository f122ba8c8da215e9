import { useState } from 'react';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { cronOf, minuteSteps, type PlainRhythm, plainRhythm } from '@/lib/triggers/plain-rhythm';

type Every = PlainRhythm['every'];
type Props = { cron: string; error: string | undefined; onChange: (cron: string) => void };

const choices: { value: Every | 'own'; label: string }[] = [
  { value: 'minutes', label: 'Every few minutes' },
  { value: 'hour', label: 'Every hour' },
  { value: 'day', label: 'Every day' },
  { value: 'weekday', label: 'Every weekday (Mon to Fri)' },
  { value: 'week', label: 'Every week' },
  { value: 'month', label: 'Every month' },
  { value: 'own', label: 'Custom (cron expression)' },
];
const weekdays = [1, 2, 3, 4, 5, 6, 0] as const;
const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const dates = Array.from({ length: 31 }, (_, index) => String(index + 1));

/** When a schedule starts a run: as people say it, or as a cron expression. */
export function RhythmFields({ cron, error, onChange }: Props) {
  const [own, setOwn] = useState(plainRhythm(cron) === undefined);
  const plain = own ? undefined : plainRhythm(cron);
  const set = (rhythm: PlainRhythm) => onChange(cronOf(rhythm));
  const choose = (every: Every | 'own') => {
    setOwn(every === 'own');
    if (every !== 'own') set(startOf(every, plain));
  };
  return (
    <div className="flex flex-wrap gap-3">
      <Field label="When" className="min-w-44 flex-1">
        <Select
          value={plain?.every ?? 'own'}
          options={choices}
          onValueChange={(next) =>
            choose(choices.find(({ value }) => value === next)?.value ?? 'own')
          }
        />
      </Field>
      {plain === undefined ? (
        <Field
          label="Cron expression"
          hint="Minute, hour, day of the month, month, day of the week."
          className="min-w-44 flex-1"
          {...(error === undefined ? {} : { error })}
        >
          <Input
            value={cron}
            spellCheck={false}
            autoComplete="off"
            maxLength={100}
            className="font-mono text-xs"
            onChange={({ target }) => onChange(target.value)}
          />
        </Field>
      ) : (
        <Details plain={plain} onChange={set} />
      )}
    </div>
  );
}

function Details({
  plain,
  onChange,
}: {
  plain: PlainRhythm;
  onChange: (next: PlainRhythm) => void;
}) {
  if (plain.every === 'minutes') {
    return (
      <Field label="Interval" className="min-w-32 flex-1">
        <Select
          value={String(plain.minutes)}
          options={minuteSteps.map((one) => ({ value: String(one), label: `${one} minutes` }))}
          onValueChange={(next) => onChange({ ...plain, minutes: Number(next) })}
        />
      </Field>
    );
  }
  if (plain.every === 'hour') {
    return (
      <Field label="Minutes past the hour" className="min-w-32 flex-1">
        <Input
          type="number"
          min={0}
          max={59}
          value={plain.minute}
          onChange={({ target: { valueAsNumber: minute } }) => {
            if (minute >= 0 && minute <= 59) onChange({ ...plain, minute: Math.floor(minute) });
          }}
        />
      </Field>
    );
  }
  return (
    <>
      {plain.every === 'month' ? (
        <Field label="Day of the month" className="min-w-32 flex-1">
          <Select
            value={String(plain.day)}
            options={[
              ...dates.map((date) => ({ value: date, label: date })),
              { value: 'L', label: 'The last day' },
            ]}
            onValueChange={(next) => onChange({ ...plain, day: next === 'L' ? 'L' : Number(next) })}
          />
        </Field>
      ) : null}
      <Field label="Time" className="min-w-28 flex-1">
        <Input
          type="time"
          value={plain.time}
          // While it is being typed it is empty, and the last whole time stays.
          onChange={({ target }) => {
            if (target.value !== '') onChange({ ...plain, time: target.value.slice(0, 5) });
          }}
        />
      </Field>
      {plain.every === 'week' ? <Days plain={plain} onChange={onChange} /> : null}
    </>
  );
}

type Weekly = Extract<PlainRhythm, { every: 'week' }>;

/** The days of a week; one at least stays. */
function Days({ plain, onChange }: { plain: Weekly; onChange: (next: PlainRhythm) => void }) {
  const toggle = (day: number) => {
    const days = plain.days.includes(day)
      ? plain.days.filter((one) => one !== day)
      : [...plain.days, day];
    if (days.length > 0) onChange({ ...plain, days });
  };
  return (
    <fieldset className="flex w-full flex-wrap gap-1.5">
      <legend className="mb-1.5 text-xs font-medium text-muted">Days</legend>
      {weekdays.map((day) => (
        <button
          key={day}
          type="button"
          aria-pressed={plain.days.includes(day)}
          className="rounded-md border px-2.5 py-1 text-xs hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
          onClick={() => toggle(day)}
        >
          {dayNames[day]}
        </button>
      ))}
    </fieldset>
  );
}

/** The same time of day in another rhythm, or the usual one. */
function startOf(every: Every, before: PlainRhythm | undefined): PlainRhythm {
  const time = before !== undefined && 'time' in before ? before.time : '09:00';
  switch (every) {
    case 'minutes':
      return { every, minutes: 15 };
    case 'hour':
      return { every, minute: 0 };
    case 'week':
      return { every, days: [1], time };
    case 'month':
      return { every, day: 1, time };
    default:
      return { every, time };
  }
}
