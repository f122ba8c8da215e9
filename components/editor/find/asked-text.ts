/** The text that was selected when Mod+F was pressed: what one looks for, most likely. */
export const askedText: { current: string } = { current: '' };
