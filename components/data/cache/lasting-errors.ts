import type { Query, QueryCache } from '@tanstack/react-query';

/**
 * Keeps the error of a query without data until its next answer.
 *
 * The library forgets such an error as soon as it asks again, so each hint that invalidates the
 * query would show *Loading* instead of, for example, *not found*: dialogs that stand on the page
 * of the error would close under the hand.
 */
export function keepErrorsWhileAsking(cache: QueryCache): void {
  const errors = new WeakMap<Query, Error>();
  cache.subscribe((event) => {
    if (event.type !== 'updated') return;
    const { query, action } = event;
    if (action.type === 'error' && query.state.error) errors.set(query, query.state.error);
    else if (action.type === 'success') errors.delete(query);
    else if (action.type === 'fetch') {
      const error = errors.get(query);
      // Runs inside the same batch: nobody renders the moment in between.
      if (error && query.state.status === 'pending') query.setState({ error, status: 'error' });
    }
  });
}
