'use client';

import { Blocks, Plus } from 'lucide-react';
import { useState } from 'react';
import { useServices } from '@/components/data/service-queries';
import { AddService } from '@/components/services/add-service';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import type { Service } from '@/lib/services/contract';
import { ReadyServiceRow } from './ready-service-row';
import { ServiceRow } from './service-row';
import { SettingsPage, SettingsSection } from './settings-section';

/** Services whose operations steps can call: those of the workspace, and those that come with the product. */
export function ServicesPage() {
  const canManage = useCan('services.manage');
  const list = useServices();
  const [adding, setAdding] = useState(false);
  const add = canManage ? (
    <Button variant="primary" size="sm" onClick={() => setAdding(true)}>
      <Plus aria-hidden /> Add service
    </Button>
  ) : null;
  return (
    <SettingsPage
      title="Services"
      help="/docs/services"
      description="What steps can call by its operations. Any service with an OpenAPI document can be added."
      actions={add}
    >
      {list.isPending ? (
        <div
          role="status"
          aria-label="Loading services"
          className="overflow-hidden rounded-lg border"
        >
          <SkeletonRows rows={4} className="-mb-px" />
        </div>
      ) : list.data === undefined ? (
        <ErrorState
          title="The services could not be loaded"
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      ) : (
        <Lists items={list.data.items} canManage={canManage} onAdd={() => setAdding(true)} />
      )}
      {adding ? <AddService onClose={() => setAdding(false)} /> : null}
    </SettingsPage>
  );
}

type Props = { items: readonly Service[]; canManage: boolean; onAdd: () => void };

function Lists({ items, canManage, onAdd }: Props) {
  const own = items.filter(({ ready }) => !ready);
  const ready = items.filter((service) => service.ready);
  return (
    <>
      {own.length === 0 ? (
        <div className="rounded-lg border">
          <EmptyState
            icon={<Blocks aria-hidden />}
            title="No services of your own yet"
            actions={canManage ? <Button onClick={onAdd}>Add a service</Button> : null}
          >
            An OpenAPI document, as a file or by its address, becomes operations that a step can
            call.
          </EmptyState>
        </div>
      ) : (
        <SettingsSection title="Added here">
          {own.map((service) => (
            <ServiceRow key={service.id} service={service} canManage={canManage} />
          ))}
        </SettingsSection>
      )}
      <div>
        <SettingsSection title="Ready-made">
          {ready.map((service) => (
            <ReadyServiceRow key={service.id} service={service} />
          ))}
        </SettingsSection>
        <p className="mt-2 text-xs text-faint">
          Tried against stand-ins, not against the services themselves. For operations that are
          missing or wrong, add the vendor’s own document.
        </p>
      </div>
    </>
  );
}
