import { z } from 'zod';
import { hookAuthSchema } from './hook-auth';
import { linkReaders, perDaySchema, perMinuteSchema } from './link';

/** Triggers that one workflow may have. */
export const maxTriggers = 20;
/** Requests that one webhook takes on average, and at most at once, over all processes. */
export const hooksPerSecond = 20;
export const hookBurst = 60;
/** How long the secret before the newest one is still good, in hours. */
export const secretGraceHours = 24;
/** How far the clock of who signs a webhook may be from ours, in seconds. */
export const hookToleranceSeconds = 300;
/** How long a webhook that waits for the result holds its answer at most, in milliseconds. */
export const hookPatienceMs = 30_000;

export const missedPolicies = ['once', 'skip'] as const;
export const overlapPolicies = ['start', 'skip', 'wait'] as const;

/** Whether the expression and the zone are real is the use case's to say: see `rhythmProblem`. */
export const scheduleConfigSchema = z.strictObject({
  /** Minute, hour, day of the month, month, day of the week. */
  cron: z.string().trim().min(1).max(100),
  timeZone: z.string().trim().min(1).max(64),
  /** What happens with times at which nothing was running here: one run for all of them, or none. */
  missed: z.enum(missedPolicies).default('once'),
  /** What happens while the run before has not ended: another one, none, or one when it has ended. */
  overlap: z.enum(overlapPolicies).default('skip'),
  /** What each run is given. */
  input: z.record(z.string(), z.json()).default({}),
});
export type ScheduleConfig = z.output<typeof scheduleConfigSchema>;

/** What a webhook may be asked by. */
export const hookMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
/** When and with what a webhook answers. The names are stored. */
export const hookAnswers = ['now', 'wait', 'output'] as const;
/** What the workflow gets of a request. */
export const hookGives = ['fields', 'request'] as const;

const originSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^(\*|https?:\/\/[a-z0-9.-]{1,200}(:\d{1,5})?)$/,
    'enter an origin, such as https://shop.example',
  );

const webhookShape = {
  /**
   * Answer at once, or hold the answer until the run has ended (30 seconds at most): with the run and its output, or with
   * the output as the response itself.
   */
  answer: z.enum(hookAnswers),
  /** How it knows who sends. */
  auth: hookAuthSchema.default({ kind: 'standard' }),
  /** The fields of the body as inputs of the same names, or the whole request as the input `request`. */
  gives: z.enum(hookGives).default('fields'),
  methods: z.array(z.enum(hookMethods)).min(1).max(hookMethods.length).default(['POST']),
  /** Pages of these origins may send from a browser; `*` is any. */
  origins: z.array(originSchema).max(20).default([]),
  /** Requests a second on average; three times as many at once. */
  perSecond: z.int().min(1).max(hooksPerSecond).default(hooksPerSecond),
};
export const webhookConfigSchema = z.strictObject(webhookShape);
export type WebhookConfig = z.output<typeof webhookConfigSchema>;

/** Settings as a row has them: of before there were more of them, or written by a newer process. */
export const storedWebhookConfig = z.object(webhookShape);

/** The name of an input of the workflow; empty: the usual one, see `chatInputs`. */
const inputName = z.string().max(64).default('');
const chatShape = {
  /** What a new thread begins with, for people. */
  greeting: z.string().trim().max(2_000).default(''),
  /** The input that is given each message. */
  message: inputName,
  /** The input that is given the messages before it; none without a name. */
  earlier: inputName,
  /** Who may write by its link; nobody: members write on the chat page alone. */
  link: z.enum(['nobody', ...linkReaders]).default('nobody'),
  /** Messages that may come by the link, of all visitors together. */
  perMinute: perMinuteSchema.default(20),
  perDay: perDaySchema.default(500),
};
export const chatConfigSchema = z.strictObject(chatShape);
export type ChatConfig = z.output<typeof chatConfigSchema>;
/** Settings as a row has them. */
export const storedChatConfig = z.object(chatShape);

export const outcomes = ['started', 'repeated', 'skipped', 'refused', 'failed'] as const;
/** What came of a due time or a delivery. */
export type Outcome = (typeof outcomes)[number];
