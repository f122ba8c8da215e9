'use client';

import { useConnections } from '@/components/data/connection-queries';
import { useCan } from '@/components/shell/actor-context';
import { Select } from '@/components/ui/controls/select';
import { hostsOf } from '@/lib/connections/schema';

const none = '-';

type Props = {
  value: string;
  onChange: (name: string) => void;
  id?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
};

/** Chooses a connection by its name, or none. */
export function ConnectionSelect({ value, onChange, ...rest }: Props) {
  const items = useConnections(useCan('connections.read')).data?.items ?? [];
  const known = value === '' || items.some(({ name }) => name === value);
  return (
    <Select
      {...rest}
      value={value === '' ? none : value}
      onValueChange={(next) => onChange(next === none ? '' : next)}
      options={[
        { value: none, label: 'None' },
        ...(known ? [] : [{ value, label: value }]),
        ...items.map((item) => ({
          value: item.name,
          label: item.name,
          hint: hostsOf(item).join(', '),
        })),
      ]}
    />
  );
}
