// Written by `npm run catalog`. Add a file beside this one instead of changing it.
import type { Role } from '../define-role';
import analystEntry from './analyst';
import architectureAdviserEntry from './architecture-adviser';
import assistantEntry from './assistant';
import browserEntry from './browser';
import chiefOfStaffEntry from './chief-of-staff';
import codeGeneratorEntry from './code-generator';
import debuggerEntry from './debugger';
import deployerEntry from './deployer';
import documentationEntry from './documentation';
import performanceOptimiserEntry from './performance-optimiser';
import reviewerEntry from './reviewer';
import securityReviewerEntry from './security-reviewer';
import testerEntry from './tester';
import writerEntry from './writer';

/** Every built-in agent role by its handle. */
export const catalogue: Readonly<Record<string, Role>> = {
  analyst: analystEntry,
  'architecture-adviser': architectureAdviserEntry,
  assistant: assistantEntry,
  browser: browserEntry,
  'chief-of-staff': chiefOfStaffEntry,
  'code-generator': codeGeneratorEntry,
  debugger: debuggerEntry,
  deployer: deployerEntry,
  documentation: documentationEntry,
  'performance-optimiser': performanceOptimiserEntry,
  reviewer: reviewerEntry,
  'security-reviewer': securityReviewerEntry,
  tester: testerEntry,
  writer: writerEntry,
};
