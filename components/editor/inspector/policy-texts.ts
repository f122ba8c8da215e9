/** What *More* in a step's settings says: labels, placeholders for what holds when a field is empty, and hints. */
export const policyTexts = {
  title: 'More',
  contents: 'retries, errors, limits',
  attempts: { label: 'Max. attempts' },
  timeout: { label: 'Timeout (s)', empty: '300' },
  delay: { label: 'Retry delay (s)' },
  maxDelay: { label: 'Max. delay (s)' },
  jitter: { label: 'Jitter (%)' },
  codes: { label: 'Retry on', empty: 'any temporary error' },
  failure: {
    label: 'On failure',
    choices: {
      fail: { label: 'The run fails', hint: '“On error” steps run first.' },
      port: { label: 'Continue at the error output', hint: 'It outputs what went wrong.' },
      continue: { label: 'Continue with a value', hint: 'Used as the step’s output.' },
    },
  },
  fallback: { label: 'Value (JSON)', empty: 'null' },
  unknown: {
    label: 'If the result is unknown (after a crash)',
    choices: {
      repeat: { label: 'Run it again', hint: 'Safe if running twice does no harm.' },
      once: { label: 'Never run it twice', hint: 'Once started, it is not started again.' },
      ask: { label: 'Ask a person', hint: 'A person decides whether it runs again.' },
    },
  },
  cache: {
    label: 'Reuse result when unchanged (cache key)',
    hint: 'An expression, such as input.city. While its value stays the same, the earlier result is reused.',
    empty: 'never',
  },
  cacheTime: { label: 'Reuse for (min)', empty: '60' },
  priority: { label: 'Priority (−10 to 10)', empty: '0' },
  wrong: {
    number: 'Enter a number',
    json: 'Enter JSON, such as 0, "text" or {"found": false}',
  },
} as const;
