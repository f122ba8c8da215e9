import { ComparePage } from '@/components/compare/compare-page';

export const metadata = { title: 'Compare runs' };

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<{ a?: string | string[]; b?: string | string[] }>;
}) {
  const { a, b } = await searchParams;
  const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);
  return <ComparePage key={`${a}${b}`} a={one(a)} b={one(b)} />;
}
