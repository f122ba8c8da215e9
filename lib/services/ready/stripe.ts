import type { ServicePages } from '../schema';
import {
  bearer,
  defineService,
  form,
  inBody,
  inPath,
  inQuery,
  must,
  operation,
} from './define-service';

const pages: ServicePages = {
  ...{
    kind: 'cursor',
    items: ['data'],
    field: 'starting_after',
    next: [],
    more: ['has_more'],
    ofLast: 'id',
  },
};
const limit = inQuery('limit', 'Per page', {
  type: 'integer',
  fallback: '10',
  description: 'At most 100.',
});
const after = inQuery('starting_after', 'After', {
  description: 'The ID of the last object of the page before.',
});
const metadata = inBody('metadata', 'Metadata', {
  type: 'object',
  description: 'Such as {"order":"12"}.',
});
const money = [
  inBody('amount', 'Amount', {
    ...must,
    type: 'integer',
    description: 'In the smallest unit: 1050 for 10.50 EUR.',
  }),
  inBody('currency', 'Currency', { ...must, description: 'Three small letters, such as eur.' }),
];
const list = (item: object) => ({ object: 'list', data: [item], has_more: false });
const customer = { id: 'cus_1', object: 'customer', email: '', name: '', created: 0 };
const intent = {
  id: 'pi_1',
  object: 'payment_intent',
  amount: 0,
  currency: 'eur',
  status: 'succeeded',
};

export default defineService({
  name: 'stripe',
  title: 'Stripe',
  description: 'Customers, payments, invoices and subscriptions.',
  aliases: ['payment', 'invoice', 'billing', 'subscription'],
  docs: 'https://docs.stripe.com/api',
  serverUrl: 'https://api.stripe.com',
  auth: [
    bearer(
      ['api.stripe.com'],
      'A restricted or secret key (rk_… or sk_…): dashboard.stripe.com/apikeys.',
      {
        testUrl: 'https://api.stripe.com/v1/balance',
      },
    ),
  ],
  operations: [
    operation('create-customer', 'Create a customer', 'POST /v1/customers', {
      group: 'Customers',
      body: form,
      fields: [
        inBody('email', 'Email', must),
        inBody('name', 'Name'),
        inBody('phone', 'Phone'),
        inBody('description', 'Description'),
        metadata,
      ],
      returns: customer,
    }),
    operation('get-customer', 'Get a customer', 'GET /v1/customers/{customer}', {
      group: 'Customers',
      fields: [inPath('customer', 'Customer')],
      returns: customer,
    }),
    operation('update-customer', 'Change a customer', 'POST /v1/customers/{customer}', {
      group: 'Customers',
      body: form,
      fields: [
        inPath('customer', 'Customer'),
        inBody('email', 'Email'),
        inBody('name', 'Name'),
        inBody('description', 'Description'),
        metadata,
      ],
      returns: customer,
    }),
    operation('list-customers', 'List customers', 'GET /v1/customers', {
      group: 'Customers',
      pages,
      fields: [inQuery('email', 'Email', { description: 'Exactly this one.' }), limit, after],
      returns: list(customer),
    }),
    operation('create-payment', 'Create a payment', 'POST /v1/payment_intents', {
      group: 'Payments',
      body: form,
      fields: [
        ...money,
        inBody('customer', 'Customer'),
        inBody('payment_method', 'Payment method'),
        inBody('confirm', 'Confirm at once', { type: 'boolean', fallback: 'false' }),
        inBody('off_session', 'Without the customer', { type: 'boolean' }),
        inBody('description', 'Description'),
        inBody('receipt_email', 'Email for the receipt'),
        metadata,
      ],
      returns: intent,
    }),
    operation('list-payments', 'List payments', 'GET /v1/payment_intents', {
      group: 'Payments',
      pages,
      fields: [
        inQuery('customer', 'Customer'),
        inQuery('created', 'Created', {
          type: 'object',
          style: 'deep',
          description: 'Such as {"gte":1767225600}.',
        }),
        limit,
        after,
      ],
      returns: list(intent),
    }),
    operation('refund-payment', 'Refund a payment', 'POST /v1/refunds', {
      group: 'Payments',
      body: form,
      fields: [
        inBody('payment_intent', 'Payment', must),
        inBody('amount', 'Amount', {
          type: 'integer',
          description: 'In the smallest unit; without it, all of it.',
        }),
        inBody('reason', 'Reason', {
          options: ['duplicate', 'fraudulent', 'requested_by_customer'],
        }),
        metadata,
      ],
      returns: { id: 're_1', object: 'refund', amount: 0, status: 'succeeded' },
    }),
    operation('create-invoice', 'Create an invoice', 'POST /v1/invoices', {
      group: 'Invoices',
      body: form,
      fields: [
        inBody('customer', 'Customer', must),
        inBody('collection_method', 'Collected by', {
          options: ['charge_automatically', 'send_invoice'],
          fallback: 'charge_automatically',
        }),
        inBody('days_until_due', 'Days until due', {
          type: 'integer',
          description: 'With send_invoice.',
        }),
        inBody('auto_advance', 'Finalise by itself', { type: 'boolean' }),
        inBody('description', 'Description'),
        metadata,
      ],
      returns: { id: 'in_1', object: 'invoice', status: 'draft', total: 0 },
    }),
    operation('list-invoices', 'List invoices', 'GET /v1/invoices', {
      group: 'Invoices',
      pages,
      fields: [
        inQuery('customer', 'Customer'),
        inQuery('status', 'Status', {
          options: ['draft', 'open', 'paid', 'uncollectible', 'void'],
        }),
        ...[limit, after],
      ],
      returns: list({ id: 'in_1', object: 'invoice', status: 'open', total: 0 }),
    }),
    operation('list-subscriptions', 'List subscriptions', 'GET /v1/subscriptions', {
      group: 'Subscriptions',
      pages,
      fields: [
        inQuery('customer', 'Customer'),
        inQuery('status', 'Status', { description: 'Such as active, past_due, canceled or all.' }),
        ...[limit, after],
      ],
      returns: list({ id: 'sub_1', object: 'subscription', status: 'active' }),
    }),
  ],
});
