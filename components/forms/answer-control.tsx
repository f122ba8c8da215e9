import { cn } from '@/components/ui/cn';
import { fieldStyles } from '@/components/ui/controls/input';
import { choicesOf } from '@/lib/nodes/forms/input-values';
import { maxCharactersOf } from '@/lib/triggers/forms/answers';
import type { FormField } from '@/lib/triggers/forms/schema';
import { isRadio, isTick } from './answer-kinds';

type Props = {
  id: string;
  field: FormField;
  aria: { 'aria-describedby'?: string | undefined; 'aria-invalid'?: true | undefined };
  onEdit: () => void;
};

/** Large enough for a thumb, and for a telephone not to zoom in. */
const control = cn(fieldStyles, 'h-10 px-3 text-base max-sm:text-[16px]');
const tick = 'size-4 shrink-0 accent-(--accent-solid)';

/**
 * The control of a field, as the browser has it: what is typed stands in the page itself, so that it is there before the
 * page is ready, and stays when the form changes around it.
 */
export function AnswerControl({ id, field, aria, onEdit }: Props) {
  const { name, type, required, default: initial } = field;
  const common = { ...aria, id, name, onChange: onEdit };
  if (isTick(field)) {
    return (
      <input
        {...common}
        type="checkbox"
        value="true"
        defaultChecked={initial === 'true'}
        className={cn(tick, 'mt-[3px]')}
      />
    );
  }
  if (isRadio(field)) return <Radios {...{ id, field, aria, onEdit }} />;
  const asked = { ...common, 'aria-required': required || undefined, defaultValue: initial };
  switch (type) {
    case 'choice':
      return (
        <select {...asked} className={control}>
          <option value="">Choose…</option>
          {choicesOf(field).map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      );
    case 'longtext':
    case 'json':
      return (
        <textarea
          {...asked}
          rows={4}
          spellCheck={type === 'longtext'}
          maxLength={maxCharactersOf(field)}
          className={cn(
            control,
            'field-sizing-content h-auto max-h-[50vh] min-h-24 resize-y py-2',
            type === 'json' && 'font-mono text-sm',
          )}
        />
      );
    case 'file':
      return (
        <input
          {...common}
          type="file"
          className={cn(
            fieldStyles,
            'block p-1.5 text-base text-muted file:mr-3 file:h-7 file:rounded-sm file:border-0 file:bg-active file:px-3 file:text-sm file:font-medium file:text-fg',
          )}
        />
      );
    default:
      return (
        <input
          {...asked}
          type={type === 'date' || type === 'email' ? type : 'text'}
          inputMode={type === 'number' ? 'decimal' : undefined}
          autoComplete={type === 'email' ? 'email' : undefined}
          maxLength={maxCharactersOf(field)}
          className={control}
        />
      );
  }
}

function Radios({ id, field, aria, onEdit }: Props) {
  const { name, type, default: initial } = field;
  const options =
    type === 'boolean'
      ? [
          { value: 'true', label: 'Yes' },
          { value: 'false', label: 'No' },
        ]
      : choicesOf(field).map((choice) => ({ value: choice, label: choice }));
  return (
    <div className="flex flex-col gap-1">
      {options.map(({ value, label }, index) => (
        <label key={value} className="flex min-h-7 items-center gap-2.5 text-base">
          <input
            {...aria}
            id={index === 0 ? id : undefined}
            type="radio"
            name={name}
            value={value}
            defaultChecked={initial === value}
            onChange={onEdit}
            className={tick}
          />
          {label}
        </label>
      ))}
    </div>
  );
}
