import { more } from './corpus-more';

/**
 * A description and what somebody who reads it expects. `paths` are the ways through the steps, without start, result and
 * refusals: `ai` for whatever asks a model, `if+` and `if-` for the two sides of a condition.
 */
export type Expected = {
  says: string;
  /** A cron expression, or what starts it. */
  trigger: string;
  paths: readonly string[];
  /** Addresses of those who alone may approve, or the role that may. */
  approver?: string;
  /** Who gets the email or message, in the order of the steps; the sender of the email, or who filled in the form. */
  to?: readonly string[];
  /** What must be said to be assumed or left out. */
  admits?: RegExp;
};

const mail = 'mail';
const gated = ['ai if+ approval ai send-mail', 'ai if- ai send-mail'];

/** Emails that start it. */
const mails: readonly Expected[] = [
  {
    says: 'When a customer mail comes in, classify it as complaint or question; complaints go to a person for approval, then answer',
    ...{ trigger: mail, paths: gated, approver: 'editor', to: ['sender'] },
  },
  {
    says: 'When a customer email comes in, classify it as complaint or question. If it is a complaint, ask Ben for approval. Then answer by email.',
    ...{ trigger: mail, paths: gated, approver: 'ben@example.com', to: ['sender'] },
  },
  {
    says: 'Whenever an e-mail arrives in our inbox, summarise it and tell me',
    ...{ trigger: mail, paths: ['ai send-message'], to: ['ana@example.com'] },
  },
  {
    says: 'For every new mail in the inbox: extract the order number and the amount, then add a row to the table Orders',
    ...{ trigger: mail, paths: ['ai remember'], admits: /table/ },
  },
  {
    says: 'As soon as we receive an email, translate it into English and forward it by email to carla@example.com',
    ...{ trigger: mail, paths: ['ai send-mail'], to: ['carla@example.com'] },
  },
  {
    says: 'Each time a message lands in the support mailbox, write a friendly reply and send it to the sender',
    ...{ trigger: mail, paths: ['ai send-mail'], to: ['sender'] },
  },
  {
    says: 'If a customer writes us an email, draft an answer, let Carla approve it and send it back to the customer',
    ...{
      trigger: mail,
      paths: ['ai approval send-mail'],
      approver: 'carla@example.com',
      to: ['sender'],
    },
  },
  {
    says: 'Incoming emails: detect the sentiment; if it is negative notify Ben, otherwise reply with a thank-you by email',
    ...{ trigger: mail, paths: ['ai if+ send-message', 'ai if- ai send-mail'] },
    to: ['ben@example.com', 'sender'],
  },
  {
    says: 'When an email with an invoice is received, extract supplier and total. If the total is over 1000 ask Ben to approve it. Then email it to books@example.com',
    trigger: mail,
    paths: ['read-file ai if+ approval send-mail', 'read-file ai if- send-mail'],
    ...{ approver: 'ben@example.com', to: ['books@example.com'] },
  },
  {
    says: 'On new email, categorise it as sales, support or spam and email sales to carla@example.com',
    ...{ trigger: mail, paths: ['ai if+ send-mail', 'ai if-'], to: ['carla@example.com'] },
  },
  {
    says: 'When someone emails us, answer politely',
    ...{ trigger: mail, paths: ['ai send-mail'], to: ['sender'] },
  },
  {
    says: 'A mail reaches us. Summarise it. Ask Chris for approval. Reply to the sender.',
    ...{ trigger: mail, paths: ['ai approval ai send-mail'], approver: 'editor', to: ['sender'] },
    admits: /Chris Moore.*Chris Young|more than one/,
  },
  {
    says: 'When we get an email, check if it is urgent; if so alert Ben',
    ...{ trigger: mail, paths: ['ai if+ send-message', 'ai if-'], to: ['ben@example.com'] },
  },
  {
    says: 'When an email from a customer comes in, classify it as refund, question or praise. Refunds need approval from Carla, everything else is answered straight away by email.',
    ...{ trigger: mail, paths: ['ai if+ approval', 'ai if- ai send-mail'] },
    ...{ approver: 'carla@example.com', to: ['sender'] },
  },
  {
    says: 'Mails that come in should be sorted into urgent and normal. For urgent ones notify the team.',
    ...{ trigger: mail, paths: ['ai if+ send-message', 'ai if-'], to: ['all'] },
  },
];

/** Named people, roles, and people whom nobody knows. */
const approvals: readonly Expected[] = [
  {
    says: 'Write a press release about our new office, have it approved by Ben Ito and email it to press@example.com',
    ...{ trigger: 'manual', paths: ['ai approval send-mail'] },
    ...{ approver: 'ben@example.com', to: ['press@example.com'] },
  },
  {
    says: 'Draft a tweet on a topic, Carla has to approve it, then post it to https://hooks.example.com/tweet',
    ...{ trigger: 'manual', paths: ['ai approval http'], approver: 'carla@example.com' },
  },
  {
    says: 'Write a newsletter and ask Zoe for approval before it is emailed to list@example.com',
    ...{ trigger: 'manual', paths: ['ai approval send-mail'], approver: 'editor' },
    ...{ to: ['list@example.com'], admits: /Zoe/ },
  },
  {
    says: 'If the amount is over 500, an admin must approve. Then notify the team.',
    ...{ trigger: 'manual', paths: ['if+ approval send-message', 'if- send-message'] },
    ...{ approver: 'admin', to: ['all'] },
  },
  {
    says: 'Write a quote for a lead, wait for my approval and email it to sales@example.com',
    ...{ trigger: 'manual', paths: ['ai approval send-mail'] },
    ...{ approver: 'ana@example.com', to: ['sales@example.com'] },
  },
  {
    says: 'Prepare an offer, get sign-off from ben@example.com or Carla, then remember it',
    ...{ trigger: 'manual', paths: ['ai approval remember'] },
    approver: 'ben@example.com carla@example.com',
  },
  {
    says: 'Summarise a contract (PDF), let my manager decide, then tell Ben',
    ...{ trigger: 'manual', paths: ['read-file ai approval send-message'] },
    ...{ approver: 'editor', to: ['ben@example.com'], admits: /manager/ },
  },
  {
    says: 'Write release notes and let ben check them, then email them to team@example.com',
    ...{ trigger: 'manual', paths: ['ai approval send-mail'] },
    ...{ approver: 'ben@example.com', to: ['team@example.com'] },
  },
  {
    says: 'Ask the owner for approval of a discount; if it is granted email Carla',
    ...{ trigger: 'manual', paths: ['approval send-mail'] },
    ...{ approver: 'owner', to: ['carla@example.com'] },
  },
];

/** Schedules. */
const schedules: readonly Expected[] = [
  {
    says: 'Every weekday at 8:30 read https://example.com/news, summarise it and email it to me',
    ...{ trigger: '30 8 * * 1-5', paths: ['http ai send-mail'], to: ['ana@example.com'] },
  },
  {
    says: 'Fetch https://api.example.com/orders every Monday morning and mail a summary to Ben',
    ...{ trigger: '0 8 * * 1', paths: ['http ai send-mail'], to: ['ben@example.com'] },
  },
  {
    says: 'Daily at 6pm: check https://shop.example.com and notify Carla if the price is below 100',
    ...{ trigger: '0 18 * * *', paths: ['http ai if+ send-message', 'http ai if-'] },
    to: ['carla@example.com'],
  },
  {
    says: 'Every hour call https://api.example.com/health; if it is down alert the team, else remember the result',
    ...{ trigger: '0 * * * *', paths: ['http ai if+ send-message', 'http ai if- remember'] },
    to: ['all'],
  },
  {
    says: 'On Mondays and Thursdays at 7 read the feed https://blog.example.com/rss and send a digest to ben@example.com and carla@example.com',
    ...{ trigger: '0 7 * * 1,4', paths: ['rss ai send-mail'] },
    to: ['ben@example.com, carla@example.com'],
  },
  {
    says: 'At 9 o’clock on the first of each month write a report on sales and have Ben approve it',
    ...{ trigger: '0 9 1 * *', paths: ['ai approval'], approver: 'ben@example.com' },
  },
  {
    says: 'Each evening at 18:45 tell me a joke',
    ...{ trigger: '45 18 * * *', paths: ['ai send-message'], to: ['ana@example.com'] },
  },
  {
    says: 'Every 15 minutes look at our inbox and summarise new mails for me',
    ...{ trigger: '*/15 * * * *', paths: ['read-mailbox ai'] },
  },
  {
    says: 'Weekly, research what competitors announced and email the team at team@example.com',
    ...{ trigger: '0 9 * * 1', paths: ['ai send-mail'], to: ['team@example.com'] },
  },
];

/** Forms, chats and other systems that start it. */
const callers: readonly Expected[] = [
  {
    says: 'When someone fills in the contact form, write an answer and email it to them',
    ...{ trigger: 'form', paths: ['ai send-mail'], to: ['sender'] },
  },
  {
    says: 'After a form is submitted, score the application; if the score is at least 7 ask Carla to approve, otherwise write a rejection and email it to the applicant',
    ...{ trigger: 'form', paths: ['ai if+ approval', 'ai if- ai send-mail'] },
    ...{ approver: 'carla@example.com', to: ['sender'] },
  },
  {
    says: 'A form for expense claims. If the amount is above 200, Ben approves. Then tell the team.',
    ...{ trigger: 'form', paths: ['if+ approval send-message', 'if- send-message'] },
    ...{ approver: 'ben@example.com', to: ['all'] },
  },
  {
    says: 'When a webhook is called, extract name and email from the payload and remember it',
    ...{ trigger: 'webhook', paths: ['ai remember'] },
  },
  {
    says: 'When GitHub sends a webhook, summarise the change and notify Ben',
    ...{ trigger: 'webhook', paths: ['ai send-message'], to: ['ben@example.com'] },
  },
  {
    says: 'When a new order is created, check whether it is a big order; big orders go to Ben for approval, others are confirmed by email to orders@example.com',
    ...{ trigger: 'webhook', paths: ['ai if+ approval', 'ai if- send-mail'] },
    ...{ approver: 'ben@example.com', to: ['orders@example.com'] },
  },
  {
    says: 'When a support ticket is opened, label it bug, question or feature. Bugs: notify Ben. Questions: write an answer.',
    ...{ trigger: 'webhook' },
    paths: ['ai if+ send-message', 'ai if- if+ ai', 'ai if- if-'],
    to: ['ben@example.com'],
  },
  {
    says: 'A chatbot that answers questions about our opening hours',
    ...{ trigger: 'chat', paths: ['ai'] },
  },
  {
    says: 'When somebody writes in the chat, classify it as order or complaint. For complaints ask Carla for approval, then answer.',
    ...{ trigger: 'chat', paths: ['ai if+ approval ai', 'ai if- ai'] },
    approver: 'carla@example.com',
  },
  {
    says: 'When somebody asks in the chat, answer; if you are not sure tell Ben',
    ...{ trigger: 'chat', paths: ['ai ai if+ send-message', 'ai ai if-'], to: ['ben@example.com'] },
  },
];

/** Files and tables. */
const files: readonly Expected[] = [
  {
    says: 'Read a CSV, remove duplicates, sort by amount and email it to Ben',
    ...{ trigger: 'manual', paths: ['read-file unique sort send-mail'], to: ['ben@example.com'] },
  },
  {
    says: 'Upload a PDF invoice, extract the supplier, the date and the total. If the total is more than 5,000 let Ben approve it. Save the result.',
    trigger: 'manual',
    paths: ['read-file ai if+ approval remember', 'read-file ai if- remember'],
    approver: 'ben@example.com',
  },
  {
    says: 'For each row of a spreadsheet write a short product text, then mail everything to carla@example.com',
    ...{ trigger: 'manual', paths: ['read-file map(ai) send-mail'], to: ['carla@example.com'] },
  },
  {
    says: 'Read a CSV of sales, keep rows over 100 units, group by month and email the result to ben@example.com',
    ...{ trigger: 'manual', paths: ['read-file filter group send-mail'] },
    ...{ to: ['ben@example.com'], admits: /units.*month/ },
  },
  {
    says: 'When I upload a CSV with sales, keep only the rows where amount is more than 500, sum the amount per region and email me a summary',
    ...{ trigger: 'manual', paths: ['read-file filter group ai send-mail'] },
    to: ['ana@example.com'],
  },
  {
    says: 'Take a spreadsheet of orders, drop the rows whose state is cancelled, then calculate the total revenue per customer and send it to Ben',
    ...{ trigger: 'manual', paths: ['read-file filter group send-mail'] },
    to: ['ben@example.com'],
  },
  {
    says: 'Read the uploaded Excel file, remove rows below 10, sort by price and show me the top 5',
    ...{ trigger: 'manual', paths: ['read-file filter sort limit'] },
  },
  {
    says: 'Group the leads in the CSV by country with the average value and email it to me',
    ...{ trigger: 'manual', paths: ['read-file group send-mail'], to: ['ana@example.com'] },
  },
  {
    says: 'When an email comes in, classify it as complaint, question or unclear. Complaints are forwarded to Ben, questions are answered.',
    ...{ trigger: mail, paths: ['ai if+ send-mail', 'ai if- if+ ai send-mail', 'ai if- if-'] },
    ...{ to: ['ben@example.com', 'sender'], admits: /unclear.*ends there/ },
  },
  {
    says: 'Take a CSV of leads and give me the top 5 by value',
    ...{ trigger: 'manual', paths: ['read-file sort limit'] },
  },
  {
    says: 'Read an Excel file, summarise it and tell Carla and Ben',
    ...{ trigger: 'manual', paths: ['read-file ai send-message send-message'] },
    to: ['carla@example.com', 'ben@example.com'],
  },
  {
    says: 'Summarise an uploaded document and store it in memory',
    ...{ trigger: 'manual', paths: ['read-file ai remember'] },
  },
  {
    says: 'Add each new email to the table Messages',
    ...{ trigger: mail, paths: ['remember'], admits: /table/ },
  },
  {
    says: 'Compare two contracts and list the differences',
    ...{ trigger: 'manual', paths: ['read-file read-file ai'] },
  },
];

/** Conditions, and work of models. */
const branches: readonly Expected[] = [
  {
    says: 'Classify a review as good or bad. If good, write a thank-you note. If bad, notify the team.',
    ...{
      trigger: 'manual',
      paths: ['ai if+ ai', 'ai if- if+ send-message', 'ai if- if-'],
      to: ['all'],
    },
  },
  {
    says: 'Decide whether a message is spam. If it is, stop. Otherwise tell me.',
    ...{ trigger: 'manual', paths: ['ai if+', 'ai if- send-message'], to: ['ana@example.com'] },
  },
  {
    says: 'If the amount is under 100 remember it, otherwise ask Ben for approval and then email billing@example.com',
    ...{ trigger: 'manual', paths: ['if+ remember', 'if- approval send-mail'] },
    ...{ approver: 'ben@example.com', to: ['billing@example.com'] },
  },
  {
    says: 'Translate a text to German unless it is German already',
    ...{ trigger: 'manual', paths: ['ai if+ ai', 'ai if-'] },
  },
  {
    says: 'Write a blog post about bees, have the reviewer check it and the writer improve it',
    ...{ trigger: 'manual', paths: ['ai ai ai'] },
  },
  {
    says: 'Research a company, score it from 1 to 10, and if the score is above 7 email sales@example.com',
    ...{
      trigger: 'manual',
      paths: ['ai ai if+ send-mail', 'ai ai if-'],
      to: ['sales@example.com'],
    },
  },
  {
    says: 'Extract the action items from meeting notes and send them to Ben by email',
    ...{ trigger: 'manual', paths: ['ai send-mail'], to: ['ben@example.com'] },
  },
  {
    says: 'Summarise customer feedback. When it is negative, ask Carla for approval and reply; in all other cases just remember it.',
    ...{ trigger: 'manual', paths: ['ai ai if+ approval ai', 'ai ai if- remember'] },
    approver: 'carla@example.com',
  },
  {
    says: 'Wait two days, then remind Ben',
    ...{ trigger: 'manual', paths: ['delay send-message'], to: ['ben@example.com'] },
  },
  {
    says: 'Two agents research a question at the same time, a third writes the report',
    ...{ trigger: 'manual', paths: ['ai ai', 'ai ai'] },
  },
  {
    says: 'Read https://example.com/prices. For each price above 50 tell Ben.',
    ...{
      trigger: 'manual',
      paths: ['http map(if+ send-message)', 'http map(if-)'],
      to: ['ben@example.com'],
    },
  },
  {
    says: 'Wenn eine Kundenmail kommt, fasse sie zusammen und schicke sie an Ben',
    ...{ trigger: mail, paths: ['ai send-mail'], to: ['ben@example.com'] },
  },
];

export const corpus = [
  ...[...mails, ...approvals, ...schedules, ...callers, ...files, ...branches],
  ...more,
];
