import { Spending } from '@/components/settings/spending';

export const metadata = { title: 'Spending' };

export default function SpendingPage() {
  return <Spending />;
}
