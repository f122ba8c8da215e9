import { z } from 'zod';
import service from '@/lib/nodes/data/service';
import type { Operation, ServiceField } from '@/lib/services/schema';
import { carriesAddress } from './carries-address';
import { defineTool, type Tool } from './define-tool';
import { toolName } from './tool-name';

type Of = { ref: string; title: string; operation: Operation; asksWho: boolean };

/** An operation of a service as a tool; it sends what the step "Use a service" would send. */
export function serviceTool({ ref, title, operation, asksWho }: Of): Tool {
  const { method, fields } = operation;
  const reads = operation.reads === true || method === 'GET' || method === 'HEAD';
  const shape = Object.fromEntries(fields.map((field) => [field.key, shapeOf(field)]));
  return defineTool({
    name: toolName(title, operation.id),
    ref: `service:${ref}:${operation.id}`,
    source: 'service',
    title: `${title}: ${operation.title}`,
    description: [operation.title, operation.description]
      .filter(Boolean)
      .join('. ')
      .slice(0, 1_000),
    input: z.strictObject(shape),
    effect: reads ? 'read' : 'once',
    risk: reads ? 1 : 2,
    approval: 'policy',
    permission: 'runs.start',
    outside: true,
    ...(asksWho ? { private: true as const, connects: true as const } : {}),
    outward: reads ? carriesAddress : true,
    ...(operation.unsupported === undefined ? {} : { unavailable: operation.unsupported }),
    async run(args, context) {
      if (service.kind === 'switch') throw new TypeError('a service is a task');
      const parameters = Object.entries(args).flatMap(([key, value], index) =>
        value === undefined ? [] : [{ id: `p${index}`, name: key, value: written(value) }],
      );
      const config = service.config.parse({
        ...{ service: ref, operation: operation.id, parameters },
        ...(context.connection === undefined ? {} : { connection: context.connection }),
      });
      const answer = await service.run(context, config);
      return answer;
    },
  });
}

const written = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

function shapeOf(field: ServiceField): z.ZodType {
  const said = [field.title, field.description].filter(Boolean).join(': ').slice(0, 500);
  const type = typeOf(field);
  const told = said === '' ? type : type.describe(said);
  return field.required ? told : told.optional();
}

function typeOf({ type, options }: ServiceField): z.ZodType {
  switch (type) {
    case 'integer':
      return z.int();
    case 'number':
      return z.number();
    case 'boolean':
      return z.boolean();
    case 'list':
      return z.array(z.unknown());
    case 'object':
      return z.record(z.string(), z.unknown());
    case 'any':
      return z.unknown();
    case 'text':
      return options && options.length > 0 ? z.enum(options) : z.string();
  }
}
