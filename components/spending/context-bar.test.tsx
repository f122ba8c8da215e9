import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { show } from '@/components/testing/show';
import type { ContextFill } from '@/lib/models/context/schema';
import { ContextBar } from './context-bar';

const fill: ContextFill = {
  ...{ window: 8_000, answer: 1_000 },
  parts: {
    ...{ instructions: 120, tools: 0, memory: 40, retrieved: 900 },
    ...{ history: 2_000, results: 0, request: 60 },
  },
};

test('shows each part with its tokens, and what the provider counted', () => {
  show(<ContextBar fill={fill} counted={3_200} />);
  expect(
    screen.getByText(
      /3,120 of 8,000 tokens of the window are filled \(39 %\); the provider counted 3,200/,
    ),
  ).toBeTruthy();
  const bar = screen.getByRole('img');
  expect(bar.getAttribute('aria-label')).toContain('History: 2000');
  expect(screen.getByText('Files and pages')).toBeTruthy();
  expect(screen.queryByText('Tools')).toBeNull();
  expect(screen.getByText('3,880')).toBeTruthy();
  expect(screen.queryByText(/left out/)).toBeNull();
});

test('says what was left out, and names the messages', async () => {
  const cut: ContextFill = {
    ...fill,
    left: [
      { place: 1, role: 'user', tokens: 300 },
      { place: 2, role: 'assistant', tokens: 500 },
    ],
    ...{ more: 3, shortened: 70, earlier: { messages: 4, tokens: 9_000 } },
  };
  const { user } = show(<ContextBar fill={cut} />);
  expect(screen.getByText(/4 oldest messages of the chat/)).toBeTruthy();
  expect(screen.getByText(/70 tokens from the middle/)).toBeTruthy();
  await user.click(screen.getByText(/5 messages left out to fit the window/));
  expect(screen.getByText(/Message 2 · answered · 500/)).toBeTruthy();
  expect(screen.getByText('And 3 more.')).toBeTruthy();
});

test('a summary in place of earlier messages is told, and nothing is warned of', () => {
  const earlier = { messages: 6, tokens: 16_500, summarised: 6 };
  show(<ContextBar fill={{ ...fill, earlier }} />);
  expect(screen.getByText(/A summary was sent for 6 earlier messages/)).toBeTruthy();
  expect(screen.queryByText(/not sent/)).toBeNull();
});
