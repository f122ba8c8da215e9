/** What *More* in a step's settings says: labels, placeholders for what holds when a field is empty, and hints; `help` is a place in the manual. */
export const policyTexts = {
  title: 'More',
  contents: 'retries, errors, limits',
  attempts: { label: 'Max. attempts', help: '/docs/errors#attempts' },
  timeout: { label: 'Timeout (s)', help: '/docs/errors#timeout', empty: '300' },
  delay: { label: 'Retry delay (s)', help: '/docs/errors#delay' },
  maxDelay: { label: 'Max. delay (s)', help: '/docs/errors#max-delay' },
  jitter: { label: 'Jitter (%)', help: '/docs/errors#jitter' },
  codes: { label: 'Retry on', help: '/docs/errors#codes', empty: 'any temporary error' },
  failure: {
    label: 'On failure',
    help: '/docs/errors#failure',
    choices: {
      fail: { label: 'The run fails', hint: '“On error” steps run first.' },
      port: { label: 'Continue at the error output', hint: 'It outputs what went wrong.' },
      continue: { label: 'Continue with a value', hint: 'Used as the step’s output.' },
    },
  },
  fallback: { label: 'Value (JSON)', help: '/docs/errors#fallback', empty: 'null' },
  unknown: {
    label: 'If the result is unknown (after a crash)',
    help: '/docs/errors#unknown',
    choices: {
      repeat: { label: 'Run it again', hint: 'Safe if running twice does no harm.' },
      once: { label: 'Never run it twice', hint: 'Once started, it is not started again.' },
      ask: { label: 'Ask a person', hint: 'A person decides whether it runs again.' },
    },
  },
  cache: {
    label: 'Reuse result when unchanged (cache key)',
    help: '/docs/errors#cache',
    hint: 'An expression, such as input.city. While its value stays the same, the earlier result is reused.',
    empty: 'never',
  },
  cacheTime: { label: 'Reuse for (min)', help: '/docs/errors#cache-time', empty: '60' },
  priority: { label: 'Priority (−10 to 10)', help: '/docs/errors#priority', empty: '0' },
  wrong: {
    number: 'Enter a number',
    json: 'Enter JSON, such as 0, "text" or {"found": false}',
  },
} as const;
