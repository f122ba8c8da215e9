'use client';

import { useMembers } from '@/components/data/people-queries';
import { Field } from '@/components/ui/controls/field';
import { Select } from '@/components/ui/controls/select';
import { plural } from '@/components/ui/format';

type Props = { ids: string[] | null; onChange: (ids: string[] | null) => void };

/** Which people may put a connection to use: whoever edits workflows, or those who are ticked. */
export function AllowedPeople({ ids, onChange }: Props) {
  const members = useMembers();
  return (
    <>
      <Field
        label="People"
        hint={
          ids === null
            ? undefined
            : 'It works in versions that one of them publishes, whoever starts those, and in drafts that one of them runs.'
        }
      >
        <Select
          value={ids === null ? 'all' : 'some'}
          options={[
            { value: 'all', label: 'Everybody who edits workflows' },
            { value: 'some', label: 'Only named people' },
          ]}
          onValueChange={(next) => onChange(next === 'all' ? null : (ids ?? []))}
        />
      </Field>
      {ids === null ? null : (
        <fieldset className="space-y-2">
          <legend className="sr-only">People who may put it to use</legend>
          <ul className="max-h-44 overflow-y-auto rounded-md border py-1">
            {members.data?.items.map(({ userId, name, email }) => (
              <li key={userId}>
                <label className="flex cursor-pointer items-center gap-2 px-2.5 py-1 text-sm hover:bg-hover">
                  <input
                    type="checkbox"
                    className="size-3.5 accent-accent-solid"
                    checked={ids.includes(userId)}
                    onChange={({ target }) =>
                      onChange(
                        target.checked ? [...ids, userId] : ids.filter((id) => id !== userId),
                      )
                    }
                  />
                  <span className="truncate">{name}</span>
                  <span className="truncate text-faint">{email}</span>
                </label>
              </li>
            ))}
          </ul>
          <p role="status" className="text-xs text-faint">
            {ids.length === 0
              ? 'Choose at least one person.'
              : `${plural(ids.length, 'person', 'people')} chosen`}
          </p>
        </fieldset>
      )}
    </>
  );
}
