import dataAnalysis from '@/lib/templates/data-analysis';
import { templateDefinition } from '@/lib/templates/define-template';
import type { Definition } from './schema';

/**
 * The workflow that a new workspace begins with: a data analysis whose figures are all computed from the sample
 * file, so that they are true even when the agents' part is rehearsed.
 */
export const sampleWorkflow = (): Definition => templateDefinition(dataAnalysis);
