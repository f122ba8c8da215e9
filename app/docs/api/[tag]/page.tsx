import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { contractsOfTag } from '@/components/docs/docs-groups';
import { DocsPage } from '@/components/docs/docs-page';
import { Operation } from '@/components/docs/operation';
import { services } from '@/server/services';

type Props = { params: Promise<{ tag: string }> };

export async function generateMetadata({ params }: Props) {
  return { title: contractsOfTag((await params).tag)[0]?.tag };
}

export default async function DocsTagPage({ params }: Props) {
  await connection();
  const contracts = contractsOfTag((await params).tag);
  if (!contracts[0]) notFound();
  const { url } = services().config;
  return (
    <DocsPage title={contracts[0].tag}>
      {contracts.map((contract) => (
        <Operation key={contract.id} contract={contract} url={url} />
      ))}
    </DocsPage>
  );
}
