import { useId } from 'react';
import { cn } from '@/components/ui/cn';
import type { FormField } from '@/lib/triggers/forms/schema';
import { AnswerControl } from './answer-control';
import { isRadio, isTick } from './answer-kinds';

type Props = { field: FormField; problem: string | undefined; onEdit: () => void };

/** One field of a form: its label, what helps to fill it in, and what is wrong with the answer. */
export function AnswerField({ field, problem, onEdit }: Props) {
  const id = useId();
  const { type, label, required, description } = field;
  const notes = [
    description ? `${id}-help` : undefined,
    problem ? `${id}-problem` : undefined,
  ].filter((note) => note !== undefined);
  const aria = {
    'aria-describedby': notes.length > 0 ? notes.join(' ') : undefined,
    'aria-invalid': problem ? true : undefined,
  } as const;
  const name = (
    <>
      {label}
      {required ? (
        <span className="text-danger" title="Required">
          {' '}
          <span aria-hidden>*</span>
          <span className="sr-only">(required)</span>
        </span>
      ) : null}
    </>
  );
  const help = description ? (
    <p id={`${id}-help`} className="mt-0.5 text-sm whitespace-pre-line text-muted">
      {description}
    </p>
  ) : null;
  const wrong = problem ? (
    <p id={`${id}-problem`} className="mt-1.5 text-sm text-danger">
      {problem}
    </p>
  ) : null;
  const control = <AnswerControl id={id} field={field} aria={aria} onEdit={onEdit} />;
  if (isTick(field)) {
    return (
      <div data-answer={field.name}>
        <div className="flex items-start gap-2.5">
          {control}
          <div className="min-w-0">
            <label htmlFor={id} className="text-base font-medium">
              {name}
            </label>
            {help}
          </div>
        </div>
        {wrong}
      </div>
    );
  }
  if (isRadio(field)) {
    return (
      <fieldset data-answer={field.name} className="min-w-0" {...aria}>
        <legend className="text-base font-medium">{name}</legend>
        {help}
        <div className="mt-2">{control}</div>
        {wrong}
      </fieldset>
    );
  }
  return (
    <div data-answer={field.name}>
      <label htmlFor={id} className="block text-base font-medium">
        {name}
      </label>
      {help}
      <div className={cn('mt-1.5', type === 'file' && 'mt-2')}>{control}</div>
      {wrong}
    </div>
  );
}
