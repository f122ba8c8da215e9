// Written by `npm run catalog`. Add a file beside this one instead of changing it.
import articleEntry from './article';
import codeReviewEntry from './code-review';
import dataAnalysisEntry from './data-analysis';
import debateEntry from './debate';
import type { Template } from './define-template';
import documentExtractionEntry from './document-extraction';
import humanApprovalEntry from './human-approval';
import incidentReviewEntry from './incident-review';
import leadEnrichmentEntry from './lead-enrichment';
import meetingNotesEntry from './meeting-notes';
import researchEntry from './research';
import scheduledReportEntry from './scheduled-report';
import supervisorEntry from './supervisor';
import supportTriageEntry from './support-triage';
import translationEntry from './translation';
import untilGoodEntry from './until-good';

/** Every template by its name. */
export const catalogue: Readonly<Record<string, Template>> = {
  article: articleEntry,
  'code-review': codeReviewEntry,
  'data-analysis': dataAnalysisEntry,
  debate: debateEntry,
  'document-extraction': documentExtractionEntry,
  'human-approval': humanApprovalEntry,
  'incident-review': incidentReviewEntry,
  'lead-enrichment': leadEnrichmentEntry,
  'meeting-notes': meetingNotesEntry,
  research: researchEntry,
  'scheduled-report': scheduledReportEntry,
  supervisor: supervisorEntry,
  'support-triage': supportTriageEntry,
  translation: translationEntry,
  'until-good': untilGoodEntry,
};
