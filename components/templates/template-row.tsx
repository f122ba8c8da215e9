'use client';

import Link from 'next/link';
import type { Definition } from '@/lib/workflows/schema';
import { MiniCanvas } from './mini-canvas';
import { templateCards } from './template-cards';

/** The first of the templates, in the order in which people look for them. */
const first = ['data-analysis', 'research', 'support-triage', 'supervisor'];

/** A few templates beside each other, and the way to all of them: for an empty canvas. */
export function TemplateRow({ onChoose }: { onChoose: (definition: Definition) => void }) {
  const cards = first.flatMap(
    (name) => templateCards().find((card) => card.template.name === name) ?? [],
  );
  return (
    <div className="flex flex-col items-center gap-3">
      <ul aria-label="Templates" className="flex flex-wrap justify-center gap-3">
        {cards.map(({ template, definition }) => (
          <li key={template.name}>
            <button
              type="button"
              onClick={() => onChoose(definition)}
              className="group/preview flex w-44 flex-col overflow-hidden rounded-lg border bg-surface text-left transition-colors duration-100 hover:border-border-strong"
            >
              <span className="block border-b bg-bg">
                <MiniCanvas definition={definition} width={174} height={84} />
              </span>
              <span className="truncate px-2.5 py-2 text-xs font-medium">{template.title}</span>
            </button>
          </li>
        ))}
      </ul>
      <Link
        href="/workflows/templates"
        className="rounded-sm text-sm text-muted underline-offset-4 hover:text-fg hover:underline"
      >
        All templates
      </Link>
    </div>
  );
}
