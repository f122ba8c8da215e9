/** A description; the kinds of steps that must be there, in order; `-kind` must not; what starts it; a template. */
export type Case = {
  says: string;
  steps?: string;
  trigger?: string;
  template?: string;
  mail?: boolean;
};

/** Descriptions, and what rules and templates make of them. */
export const cases: readonly Case[] = [
  {
    says: 'Every Monday at 9, fetch https://example.com/news, summarise it in five sentences and email it to me',
    steps: 'http model send-mail',
    trigger: '0 9 * * 1',
    mail: true,
  },
  {
    says: 'every weekday at 7:30 summarise https://status.example.com and notify me',
    steps: 'http model send-message',
    trigger: '30 7 * * 1-5',
  },
  {
    says: 'When a webhook arrives, classify the message as billing, technical or other and draft a reply',
    steps: 'model agent',
    trigger: 'webhook',
  },
  {
    says: 'When a customer email arrives, classify it by topic and urgency, write a polite answer, and ask me for approval before it is emailed',
    steps: 'model agent approval send-mail',
    trigger: 'mail',
    mail: true,
  },
  { says: 'Translate a text into French and then proofread it', steps: 'model agent' },
  {
    says: 'Read a PDF contract, extract the parties, the start date and the total amount, and flag anything unusual',
    steps: 'read-file model',
  },
  {
    says: 'For each row of a CSV file, write a one-line product description',
    steps: 'read-file map agent',
  },
  {
    says: 'Take a spreadsheet, remove duplicates, sort by amount and give me the top 10',
    steps: 'read-file unique sort limit',
  },
  {
    says: 'If the amount is over 500, ask my manager to approve it; otherwise write a confirmation',
    steps: 'if approval agent',
  },
  {
    says: 'Summarise customer feedback. If it is negative, notify the team, otherwise write a thank-you note',
    steps: 'model model if send-message agent',
  },
  { says: 'Write a blog post about heat pumps', steps: 'agent -http' },
  {
    says: 'Every day at 18:00 write a short motivational quote and email it to team@example.com',
    steps: 'agent send-mail',
    trigger: '0 18 * * *',
    mail: true,
  },
  {
    says: 'Monitor https://shop.example.com/price every 30 minutes and tell me if the price is below 100',
    steps: 'http model if send-message',
    trigger: '*/30 * * * *',
  },
  {
    says: 'when someone submits a form, score the application from 1 to 10 and remember the result',
    steps: 'agent remember',
    trigger: 'form',
  },
  { says: 'A chatbot that answers questions about our handbook', steps: 'agent', trigger: 'chat' },
  {
    says: 'Research a company, draft an outreach email, let me approve it, then wait 2 days and write a follow-up',
    steps: 'agent agent approval delay agent',
  },
  { says: 'Post the summary of a text to https://hooks.example.com/in', steps: 'model http' },
  {
    says: 'Extract name, email and phone from an uploaded resume and save it to memory',
    steps: 'read-file model remember',
  },
  {
    says: 'On the first of every month at 8am create a report of https://api.example.com/sales and send it by email to boss@example.com',
    steps: 'http agent send-mail',
    trigger: '0 8 1 * *',
    mail: true,
  },
  {
    says: 'hourly check https://example.com/health and alert me when it is down',
    steps: 'http model if send-message',
    trigger: '0 * * * *',
  },
  {
    says: 'Please build me a workflow that detects the sentiment of product reviews',
    steps: 'model',
  },
  { says: 'make a list of action items from meeting notes', template: 'meeting-notes' },
  { says: 'Review the code of a pull request for bugs and security', template: 'code-review' },
  {
    says: 'Handle a refund: check it against the policy and let a person approve',
    template: 'human-approval',
  },
  {
    says: 'Triage support tickets by topic and urgency and draft a reply',
    template: 'support-triage',
  },
  {
    says: 'Debate the pros and cons of a four-day week and come to a conclusion',
    template: 'debate',
  },
  {
    says: 'Analyse a CSV of sales data, find trends and make a forecast',
    template: 'data-analysis',
  },
  { says: 'extract the fields of an invoice and check the total', template: 'document-extraction' },
  {
    says: 'Write a post-mortem of an outage from the log with its root cause',
    template: 'incident-review',
  },
  {
    says: 'Translate a text to Spanish and translate it back to check that nothing is lost',
    template: 'translation',
  },
  { says: 'research a question from several angles and write a report', template: 'research' },
  { says: 'Improve a text until it is good enough', template: 'until-good' },
  { says: 'score leads and enrich them', template: 'lead-enrichment' },
  {
    says: 'every Monday, a report with the figures of the GitHub repository nodejs/node',
    template: 'scheduled-report',
    trigger: '0 9 * * 1',
  },
  {
    says: 'Extract the supplier and the total from an invoice and email them to books@example.com',
    steps: 'read-file model send-mail',
    mail: true,
  },
  {
    says: 'For each company in a list, look it up and write a summary, then email me all of it',
    steps: 'map agent model send-mail',
    mail: true,
  },
  { says: 'Summarise https://example.com/a in two sentences.', steps: 'http model' },
  {
    says: 'Generate three taglines for a product, review them and pick the best',
    steps: 'agent agent',
  },
  { says: 'every two hours... do something nice', steps: 'agent', trigger: '0 */2 * * *' },
  { says: 'something', steps: 'agent' },
  {
    says: 'Send a Slack message with a digest of the feed at https://blog.example.com/rss every Friday at 4pm',
    steps: 'rss model send-message',
    trigger: '0 16 * * 5',
  },
  {
    says: 'Every Monday at 9, read the news feed and summarise it',
    steps: 'rss model',
    trigger: '0 9 * * 1',
  },
  {
    says: 'If a bug report is critical, notify the team and wait for approval before writing the fix',
    steps: 'model if send-message approval agent',
  },
  { says: 'Use {{ braces }} and "quotes" in a text: rewrite it', steps: 'agent' },
  { says: 'Fasse jeden Montag die Neuigkeiten zusammen', steps: 'agent' },
  { says: 'Wait 1 week, then remind me', steps: 'delay send-message' },
  {
    says: 'When a new order is placed, if the total is more than 1,000 ask the team lead to approve, then notify the team',
    steps: 'if approval send-message',
    trigger: 'webhook',
  },
];
