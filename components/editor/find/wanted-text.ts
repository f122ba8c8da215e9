/** The text that was selected when Mod+F was pressed: what one looks for, most likely. */
export const wantedText: { current: string } = { current: '' };
