import { TriangleAlert } from 'lucide-react';

/** What went wrong with a form as a whole, and what to do. */
export function FormError({ children }: { children: string | undefined }) {
  if (!children) return null;
  return (
    <div
      role="alert"
      className="flex gap-2 rounded-md bg-danger-soft px-3 py-2 text-sm text-danger"
    >
      <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      <p>{children}</p>
    </div>
  );
}
