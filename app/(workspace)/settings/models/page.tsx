import { Models } from '@/components/settings/models';

export const metadata = { title: 'Models' };

export default function ModelsPage() {
  return <Models />;
}
