import { ExperimentPage } from '@/components/experiments/experiment-page';

export const metadata = { title: 'Experiment' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ExperimentPage key={id} id={id} />;
}
