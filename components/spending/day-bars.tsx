import { moneyText } from './words';

type Props = { days: readonly { day: string; costUsd: string }[] };

/** What each day cost, as bars beside each other. */
export function DayBars({ days }: Props) {
  const most = Math.max(...days.map(({ costUsd }) => Number(costUsd)), 1e-12);
  return (
    <ol aria-label="Cost by day" className="flex h-16 items-end gap-px">
      {days.map(({ day, costUsd }) => (
        <li
          key={day}
          title={`${dayName(day)}: ${moneyText(costUsd)}`}
          className="group flex h-full flex-1 items-end"
        >
          <span
            aria-hidden
            className={`block w-full rounded-[1px] ${costUsd === '0' ? 'bg-border-strong' : 'bg-accent-solid/80 group-hover:bg-accent-solid'}`}
            style={{
              height: costUsd === '0' ? 1 : `max(2px, ${(Number(costUsd) / most) * 100}%)`,
            }}
          />
          <span className="sr-only">
            {dayName(day)}: {moneyText(costUsd)}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** A day is one of the person's own zone, whatever zone it is written in. */
const dayName = (day: string) =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    ...{ day: 'numeric', month: 'short', timeZone: 'UTC' },
  });
