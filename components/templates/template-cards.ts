import { catalogue } from '@/lib/templates/catalogue';
import { type Template, templateDefinition } from '@/lib/templates/define-template';
import { type Needs, needsOf } from '@/lib/templates/needs';
import type { Definition } from '@/lib/workflows/schema';

/** A template with all that a gallery shows of it. */
export type TemplateEntry = {
  template: Template;
  definition: Definition;
  needs: Needs;
  /** What a search looks through, in lower case. */
  words: string;
};

let made: TemplateEntry[] | undefined;

/** All templates, made once. */
export function templateCards(): TemplateEntry[] {
  made ??= Object.values(catalogue).map((template) => {
    const definition = templateDefinition(template);
    const steps = definition.nodes.map((node) => `${node.name} ${node.type}`).join(' ');
    const words = `${template.title} ${template.job} ${template.area} ${steps}`.toLowerCase();
    return { template, definition, needs: needsOf(definition), words };
  });
  return made;
}
