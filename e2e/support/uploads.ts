import { expect, type Page } from '@playwright/test';

/** Requests that bring bytes of an upload. */
export const chunks = /\/api\/v2\/uploads\/[^/]+\/chunks/;

/** A large email: only its beginning is looked at. */
export function aLargeFile() {
  const name = `letter-${crypto.randomUUID().slice(0, 8)}.eml`;
  const lines = Array.from({ length: 110_000 }, (_, line) => `Line ${line} of a long letter.\r\n`);
  const buffer = Buffer.from(`Subject: Long\r\n\r\n${lines.join('')}`);
  return { name, mimeType: 'message/rfc822', buffer };
}

/** The bytes of the one file of this name, as the product gives them back. */
export const stored = async (page: Page, name: string) => {
  const { items } = await (await page.request.get(`/api/v2/files?q=${name}`)).json();
  expect(items).toHaveLength(1);
  return (await page.request.get(`/api/v2/files/${items[0].id}/content`)).body();
};
