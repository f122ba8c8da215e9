import { Gallery } from '@/components/templates/gallery';

export const metadata = { title: 'Templates' };

export default function TemplatesPage() {
  return <Gallery />;
}
