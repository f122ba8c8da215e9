/** Groups of the documentation, in the order in which they are read. */
export const manualGroups = [
  'Start',
  'Build',
  'Connect',
  'Run and debug',
  'Work together',
  'Agents and models',
  'Operate',
  'Reference',
] as const;
export type ManualGroup = (typeof manualGroups)[number];
