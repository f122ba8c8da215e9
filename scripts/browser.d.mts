export function systemBrowser(): string | undefined;
export const browserArguments: string[];
