/** The tool by which an agent that may use many tools finds the one that it needs. */
export const findTool = 'tools_find';
