import type { Expected } from './corpus';

/** Descriptions that were written after the first rules; 6 of the 20 were read right at first sight. */
export const more: readonly Expected[] = [
  {
    says: 'A new customer email arrives. Find out if it is about billing or shipping. Billing mails are approved by Carla. Reply to the customer.',
    ...{ trigger: 'mail', paths: ['ai if+ approval ai send-mail', 'ai if- ai send-mail'] },
    ...{ approver: 'carla@example.com', to: ['sender'] },
  },
  {
    says: 'When mail comes in from a supplier, pull out the delivery date and let Carla know',
    ...{ trigger: 'mail', paths: ['ai send-message'], to: ['carla@example.com'] },
  },
  {
    says: 'Whenever we get a new e-mail with a CSV attached, remove duplicates and email the result to ben@example.com',
    ...{ trigger: 'mail', paths: ['read-file unique send-mail'], to: ['ben@example.com'] },
  },
  {
    says: 'Answer incoming emails politely, but ask Ben first',
    ...{ trigger: 'mail', paths: ['ai approval send-mail'], approver: 'ben@example.com' },
    to: ['sender'],
  },
  {
    says: 'Each Tuesday at 10:15 summarise https://example.com/blog and mail it to carla@example.com',
    ...{ trigger: '15 10 * * 2', paths: ['http ai send-mail'], to: ['carla@example.com'] },
  },
  {
    says: 'If the total exceeds 2,500, Carla must sign off, otherwise remember it',
    ...{
      trigger: 'manual',
      paths: ['if+ approval', 'if- remember'],
      approver: 'carla@example.com',
    },
  },
  {
    says: 'Write a job advert, then have Ben Ito sign it off. If he rejects, tell me.',
    ...{ trigger: 'manual', paths: ['ai approval'], approver: 'ben@example.com' },
    to: ['ana@example.com'],
  },
  {
    says: 'When somebody sends the form, thank them by email',
    ...{ trigger: 'form', paths: ['ai send-mail'], to: ['sender'] },
  },
  {
    says: 'Sort incoming mails into orders, complaints and other. Orders: tell Carla. Complaints: tell Ben. Other: remember them.',
    trigger: 'mail',
    paths: [
      'ai if+ send-message',
      'ai if- if+ send-message',
      'ai if- if- if+ remember',
      'ai if- if- if-',
    ],
    to: ['carla@example.com', 'ben@example.com'],
  },
  {
    says: 'Every Friday afternoon write a summary of the week and send it to Ben and Carla by email',
    ...{
      trigger: '0 15 * * 5',
      paths: ['ai send-mail'],
      to: ['ben@example.com, carla@example.com'],
    },
  },
  {
    says: 'Extract the total from a receipt; over 50 needs approval from the owner',
    ...{ trigger: 'manual', paths: ['read-file ai if+ approval', 'read-file ai if-'] },
    approver: 'owner',
  },
  {
    says: 'When a lead comes in through the website form, score it. Above 80: alert Ben. Everything else: write a polite email.',
    ...{ trigger: 'form', paths: ['ai if+ send-message', 'ai if- ai'], to: ['ben@example.com'] },
  },
  {
    says: 'Translate each incoming mail to English and send the translation to Ben',
    ...{ trigger: 'mail', paths: ['ai send-mail'], to: ['ben@example.com'] },
  },
  {
    says: 'Get https://api.example.com/stock every morning at 6, and if stock is below 10 email purchasing@example.com',
    ...{ trigger: '0 6 * * *', paths: ['http ai if+ send-mail', 'http ai if-'] },
    to: ['purchasing@example.com'],
  },
  {
    says: 'Draft a reply to each support email, get my OK and then send it',
    ...{ trigger: 'mail', paths: ['ai approval send-mail'], approver: 'ana@example.com' },
    to: ['sender'],
  },
  {
    says: 'Ask Ben or Carla whether the discount is fine, then notify the team',
    ...{ trigger: 'manual', paths: ['approval send-message'], to: ['all'] },
    approver: 'ben@example.com carla@example.com',
  },
  {
    says: 'Read a spreadsheet of invoices, sort it by due date and mail me the first 20',
    ...{ trigger: 'manual', paths: ['read-file sort limit send-mail'], to: ['ana@example.com'] },
  },
  {
    says: 'When a webhook comes in, decide whether it is spam. Spam is ignored, everything else goes to Carla by email.',
    ...{ trigger: 'webhook', paths: ['ai if+', 'ai if- send-mail'], to: ['carla@example.com'] },
  },
  {
    says: 'In the chat: answer questions about holidays',
    ...{ trigger: 'chat', paths: ['ai'] },
  },
  {
    says: 'Wait for an email from a client, summarise it in three bullet points and remind me after 2 days',
    ...{ trigger: 'mail', paths: ['ai delay send-message'], to: ['ana@example.com'] },
  },
];
