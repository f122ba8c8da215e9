import type { Strategy } from '@/lib/messages/pools';

export const strategyTitles: Record<Strategy, string> = {
  'least-busy': 'Least busy',
  'round-robin': 'In turn',
};

export const strategyHints: Record<Strategy, string> = {
  'least-busy': 'Messages wait in the pool; whoever is freest takes the next.',
  'round-robin':
    'Each message goes to the next agent as soon as it is sent, to those with more weight more often.',
};
