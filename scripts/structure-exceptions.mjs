/** Folders that still hold more files than they should, and how many they may. */
export const crowded = {};

/** `as` in the product, but for `as const`: goes down only. */
export const maxCasts = 224;

/** Statements of a folder that name a table of another one, and why. */
export const crossing = {
  'chat → run': "a thread lists the state of its turns' runs in one query",
  'chat → run_event': 'an answer that was cut off is read from the journal of its run',
  'chat → step_text': 'the same, for the text streamed so far',
  'chat → trigger': 'a thread of a workflow names its chat trigger',
  'chat → workflow': 'a thread lists the name of its workflow',
  'comments → member': 'mentions are checked within the commit',
  'comments → rate_limit': 'the limit of comments is taken in the commit',
  'comments → user': "comments are listed with their authors' names",
  'comments → workflow': "a comment holds its workflow's row while it is written",
  'events → run': 'a signal looks for steps that wait for it',
  'events → run_event': 'the same, in the journal',
  'notifications → comment': 'notifications are listed with what they are about',
  'notifications → member': 'recipients are members',
  'notifications → run': 'notifications are listed with what they are about',
  'notifications → suggestion': 'notifications are listed with what they are about',
  'notifications → user': 'notifications are listed with who caused them',
  'realtime → member': 'access is checked again for all sockets at once',
  'realtime → run': 'access is checked again for all sockets at once',
  'realtime → run_event': 'missed events are read for the sockets of a run',
  'realtime → session': 'access is checked again for all sockets at once',
  'realtime → workflow': 'access is checked again for all sockets at once',
  'runs → agent': 'a run begins with the agents that its steps name',
  'runs → audit': 'written in the commit of what it tells',
  'runs → file': 'a step reads files of the workspace',
  'runs → notification': 'questions to people are notified in the commit that asks',
  'runs → workflow': "runs are listed with their workflow's name",
  'runs → workflow_version': 'a run begins with its version in one statement',
  'spending → agent': 'a budget names its agent',
  'spending → member': 'a budget names its person',
  'spending → run': 'who pays follows from the line of runs, and estimates from earlier ones',
  'spending → user': 'budgets are listed with the names of their people',
  'spending → workflow': 'a budget names its workflow',
  'suggestions → user': "suggestions are listed with their authors' names",
  'triggers → run': 'deliveries are listed with their runs',
  'triggers → workflow': 'a trigger starts the live version',
  'workflows → agent': 'a definition is checked against the agents there are',
  'workflows → audit': 'written in the commit of what it tells',
  'workflows → member': 'rights are checked within the commit',
  'workflows → run':
    'what a run goes on with is not deleted for good, and its runs outlive a workflow',
  'workflows → suggestion': 'a workflow is listed with its open suggestions',
  'workflows → user': "history is listed with its authors' names",
};
