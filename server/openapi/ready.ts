import type { Service } from '@/lib/services/contract';
import { catalogue } from '@/lib/services/ready/catalogue';
import type { ReadyService } from '@/lib/services/ready/define-service';
import { readyPrefix } from '@/lib/services/schema';
import { lineOf, type OperationLine } from './lines';

/** The ready-made service that a step names so; undefined for every other name. */
export function readyNamed(ref: string): ReadyService | undefined {
  const name = ref.startsWith(readyPrefix) ? ref.slice(readyPrefix.length) : '';
  return Object.hasOwn(catalogue, name) ? catalogue[name] : undefined;
}

export const readyServices = (): ReadyService[] => Object.values(catalogue);

export function viewReady(service: ReadyService): Service {
  const { name, title, description = null, docs, serverUrl, auth, operations } = service;
  const id = `${readyPrefix}${name}`;
  return {
    ...{
      id,
      ref: id,
      name: title,
      ready: true,
      title,
      description,
      version: null,
      serverUrl,
      url: docs,
    },
    ...{ connection: null, auth, operationCount: operations.length, revision: 1 },
    ...{ createdBy: null, createdAt: null, refreshedAt: null },
  };
}

/** Operations of ready-made services that hold all words. */
export function findReady(
  words: readonly string[],
  services: readonly ReadyService[] = readyServices(),
): (OperationLine & { service: string; serviceName: string })[] {
  return services.flatMap((service) =>
    service.operations.flatMap((operation) => {
      const line = lineOf(operation);
      const text = [
        service.title,
        ...(service.aliases ?? []),
        line.title,
        line.group,
        line.method,
        line.path,
        line.id,
      ]
        .join(' ')
        .toLowerCase();
      if (!words.every((word) => text.includes(word))) return [];
      return [{ ...line, service: `${readyPrefix}${service.name}`, serviceName: service.title }];
    }),
  );
}
