import type { Expected } from './corpus';

/** Descriptions that were written after all others: 3 of the 12 were read right at first sight, which is what people can expect. */
export const fresh: readonly Expected[] = [
  {
    says: 'Once an email from a guest arrives, tell whether it is a booking or a cancellation. Cancellations need the OK of Carla. Afterwards answer the guest.',
    ...{ trigger: 'mail', paths: ['ai if+ approval ai send-mail', 'ai if- ai send-mail'] },
    ...{ approver: 'carla@example.com', to: ['sender'] },
  },
  {
    says: 'Check our mailbox every ten minutes and alert Ben about complaints',
    ...{
      trigger: '*/10 * * * *',
      paths: ['read-mailbox ai if+ send-message', 'read-mailbox ai if-'],
    },
    to: ['ben@example.com'],
  },
  {
    says: 'We get emails with invoices attached. Read the invoice, extract number, date and total and save them. Totals above 10,000 must be approved by the owner.',
    trigger: 'mail',
    paths: ['read-file ai remember if+ approval', 'read-file ai remember if-'],
    approver: 'owner',
  },
  {
    says: 'When a visitor fills out the feedback form, summarise the feedback and send it to Carla',
    ...{ trigger: 'form', paths: ['ai send-mail'], to: ['carla@example.com'] },
  },
  {
    says: 'At 7 every morning, collect the headlines of https://example.com/news and email Ben and me a digest',
    ...{ trigger: '0 7 * * *', paths: ['http ai send-mail'] },
    to: ['ben@example.com, ana@example.com'],
  },
  {
    says: 'Write an invitation to our summer party. Show it to Ben for approval. If he says no, stop. Otherwise email it to all@example.com.',
    ...{ trigger: 'manual', paths: ['ai approval', 'ai approval send-mail'] },
    ...{ approver: 'ben@example.com', to: ['all@example.com'] },
  },
  {
    says: 'Tag every incoming support email with urgent, normal or low and notify Ben when it is urgent',
    ...{ trigger: 'mail', paths: ['ai if+ send-message', 'ai if-'], to: ['ben@example.com'] },
  },
  {
    says: 'Take the uploaded price list, sort it by price and tell me the three cheapest',
    ...{ trigger: 'manual', paths: ['read-file sort limit send-message'], to: ['ana@example.com'] },
  },
  {
    says: 'If somebody emails us a question, look up the answer and reply',
    ...{ trigger: 'mail', paths: ['ai ai send-mail'], to: ['sender'] },
  },
  {
    says: 'When an order comes in by webhook: if it is worth more than 300, Carla decides; then remember the order',
    ...{ trigger: 'webhook', paths: ['if+ approval remember', 'if- remember'] },
    approver: 'carla@example.com',
  },
  {
    says: 'Proofread a text and have it checked by Chris Young before it is emailed to print@example.com',
    ...{ trigger: 'manual', paths: ['ai approval send-mail'] },
    ...{ approver: 'cyoung@example.com', to: ['print@example.com'] },
  },
  {
    says: 'When an application arrives by email, rate it from 1 to 10. If the rating is at least 8 invite the applicant by email, else send a polite refusal to the applicant.',
    ...{
      trigger: 'mail',
      paths: ['ai if+ ai send-mail', 'ai if- ai send-mail'],
      to: ['sender', 'sender'],
    },
  },
];
