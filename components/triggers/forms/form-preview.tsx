'use client';

import { Eye } from 'lucide-react';
import { useMemo, useState } from 'react';
import { FormBody } from '@/components/forms/form-page';
import { inputsOf } from '@/components/runs/start-inputs';
import { useGraph } from '@/components/session/session';
import { Button } from '@/components/ui/controls/button';
import { Dialog } from '@/components/ui/overlays/dialog';
import { formFields } from '@/lib/triggers/forms/answers';
import type { FormConfig } from '@/lib/triggers/forms/schema';

type Props = { config: FormConfig; workflowName: string };

/** The form as its page will look, with the inputs that the start step declares just now. */
export function FormPreview({ config, workflowName }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="ghost" onClick={() => setOpen(true)}>
        <Eye aria-hidden /> Preview
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Preview"
        description="With the inputs of the draft. Nothing is sent."
        size="lg"
      >
        {open ? <Shown config={config} workflowName={workflowName} /> : null}
      </Dialog>
    </>
  );
}

function Shown({ config, workflowName }: Props) {
  const graph = useGraph((now) => now);
  const fields = useMemo(() => formFields(inputsOf(graph)), [graph]);
  const view = {
    title: config.title || workflowName,
    description: config.description,
    button: config.button || 'Send',
    open: true,
    fields,
    shape: '',
  };
  return (
    <div className="rounded-lg border bg-surface p-6">
      <FormBody view={view} />
      <Button variant="primary" disabled className="mt-7 h-10 px-5 text-base">
        {view.button}
      </Button>
    </div>
  );
}
