'use client';

import { useState } from 'react';
import { ConnectionDialog } from '@/components/connections/connection-dialog';
import { presetOf } from '@/components/services/connection-preset';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { plural } from '@/components/ui/format';
import type { Service } from '@/lib/services/contract';
import { SettingsRow } from './settings-section';

/** A ready-made service, and a way to a connection for it. */
export function ReadyServiceRow({ service }: { service: Service }) {
  const canConnect = useCan('connections.manage');
  const [connecting, setConnecting] = useState(false);
  const { name, description, url, operationCount } = service;
  return (
    <SettingsRow
      title={name}
      description={
        <>
          <span className="block">{description}</span>
          <span className="block text-faint">
            {plural(operationCount, 'operation')}
            {url === null ? null : (
              <>
                {' · '}
                <a href={url} target="_blank" rel="noreferrer" className="underline hover:text-fg">
                  documentation of {name}
                </a>
              </>
            )}
          </span>
        </>
      }
    >
      {canConnect ? (
        <Button size="sm" aria-label={`Connect ${name}`} onClick={() => setConnecting(true)}>
          Connect
        </Button>
      ) : null}
      {connecting ? (
        <ConnectionDialog preset={presetOf(service)} onClose={() => setConnecting(false)} />
      ) : null}
    </SettingsRow>
  );
}
