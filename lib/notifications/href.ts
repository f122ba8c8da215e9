type Place = {
  workflowId: string | null;
  threadId?: string | undefined;
  suggestionId?: string | undefined;
  runId?: string | undefined;
  stepId?: string | undefined;
};

/** The page to which a notification leads. */
export function notificationHref({
  workflowId,
  threadId,
  suggestionId,
  runId,
  stepId,
}: Place): string {
  if (runId) return `/runs/${runId}${stepId ? `?step=${encodeURIComponent(stepId)}` : ''}`;
  if (workflowId === null) return '/settings/spending';
  const query = threadId
    ? `?comment=${threadId}`
    : suggestionId
      ? `?suggestion=${suggestionId}`
      : '';
  return `/workflows/${workflowId}${query}`;
}
