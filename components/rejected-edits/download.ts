import { definitionOf, type RejectedEdits } from '@/components/realtime/offline-store/rejected';

/** Downloads rejected edits: the workflow with them in it, which can be imported, or what was typed. */
export async function download(rejection: RejectedEdits): Promise<void> {
  const definition = definitionOf(rejection);
  if (!definition) {
    save('unsaved-edits.txt', 'text/plain', rejection.texts.join('\n\n'));
    return;
  }
  const { exportFileName, exportWorkflow } = await import('@/lib/workflows/definition/export');
  const name = exportFileName(definition, 'json').replace(/\.json$/, '-unsaved.json');
  save(name, 'application/json', exportWorkflow(definition, 'json'));
}

function save(name: string, type: string, content: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
