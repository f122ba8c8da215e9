/** Where the bytes of a file are. */
export const contentAddress = (id: string): string => `/api/v2/files/${id}/content`;
