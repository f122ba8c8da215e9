import type { ReactNode } from 'react';
import { effects, risks, sources } from '@/components/tools/effects';
import { Badge } from '@/components/ui/display/badge';
import type { ImportPlan } from '@/lib/agents/file/contract';
import { policyTitle } from '@/lib/models/modes';

/** What an imported agent would be told and able to do, and what it lacks here. */
export function ImportReview({ plan }: { plan: ImportPlan }) {
  const { name, handle, description, instructions, tools, missing, connect, missingModels } = plan;
  const model = plan.model === 'auto' ? 'Automatic' : policyTitle(plan.model);
  return (
    <div className="space-y-4 text-sm">
      <div>
        <h3 className="font-medium">
          {name} <span className="font-mono text-xs text-faint">@{handle}</span>
        </h3>
        {description === '' ? null : <p className="text-muted">{description}</p>}
        <p className="text-xs text-faint">Model: {model}</p>
      </div>
      <Part title="Instructions">
        <p className="max-h-40 overflow-auto rounded-md border px-2.5 py-1.5 text-xs break-words whitespace-pre-wrap">
          {instructions}
        </p>
      </Part>
      <Part title="What it may use">
        {tools.length === 0 ? (
          <p className="text-muted">No tools: it can only write.</p>
        ) : (
          <ul aria-label="Tools" className="divide-y rounded-md border">
            {tools.map((tool) => (
              <li key={tool.name} className="px-2.5 py-1.5">
                <span className="flex flex-wrap items-center gap-2">
                  <span className="min-w-0 break-words">{tool.title}</span>
                  <Badge tone={effects[tool.effect].tone}>{effects[tool.effect].label}</Badge>
                  <span className="text-xs text-faint">
                    {sources[tool.source]} · {risks[tool.risk]}
                  </span>
                </span>
                {tool.asksAgain ? (
                  <span className="block text-xs text-muted">
                    The file says not to ask before its calls. Here its usual rule holds.
                  </span>
                ) : null}
                {tool.unavailable === null ? null : (
                  <span className="block text-xs text-warning">{tool.unavailable}</span>
                )}
              </li>
            ))}
          </ul>
        )}
      </Part>
      {missing.length + connect.length + missingModels.length === 0 ? null : (
        <Part title="What it lacks here">
          <ul className="list-disc space-y-0.5 pl-4 text-muted">
            {missing.map((tool) => (
              <li key={tool.name}>
                The tool {tool.title} is left out: there is none of that name and kind here.
              </li>
            ))}
            {connect.map((title) => (
              <li key={title}>{title} had a connection: choose one after the import.</li>
            ))}
            {missingModels.map((one) => (
              <li key={one}>The model {one} is not ready here.</li>
            ))}
          </ul>
        </Part>
      )}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h4 className="mb-1.5 text-xs font-medium text-faint">{title}</h4>
      {children}
    </section>
  );
}
