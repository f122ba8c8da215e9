// Written by `npm run catalog`. Add a file beside this one instead of changing it.
import airtableEntry from './airtable';
import type { ReadyService } from './define-service';
import githubEntry from './github';
import gmailEntry from './gmail';
import googleCalendarEntry from './google-calendar';
import googleDriveEntry from './google-drive';
import googleSheetsEntry from './google-sheets';
import hubspotEntry from './hubspot';
import jiraEntry from './jira';
import linearEntry from './linear';
import microsoft365Entry from './microsoft-365';
import notionEntry from './notion';
import slackEntry from './slack';
import stripeEntry from './stripe';
import telegramEntry from './telegram';

/** Every ready-made service by its name. */
export const catalogue: Readonly<Record<string, ReadyService>> = {
  airtable: airtableEntry,
  github: githubEntry,
  gmail: gmailEntry,
  'google-calendar': googleCalendarEntry,
  'google-drive': googleDriveEntry,
  'google-sheets': googleSheetsEntry,
  hubspot: hubspotEntry,
  jira: jiraEntry,
  linear: linearEntry,
  'microsoft-365': microsoft365Entry,
  notion: notionEntry,
  slack: slackEntry,
  stripe: stripeEntry,
  telegram: telegramEntry,
};
