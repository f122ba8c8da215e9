'use client';

import type { ComponentProps } from 'react';
import { later } from '@/components/ui/later';
import type { VariantList as List } from './variant-list';

/** The variants with their pictures, whose code comes after the page that offers to draft a workflow. */
export const VariantList = later<ComponentProps<typeof List>>(
  () => import('./variant-list').then((found) => found.VariantList),
  () => (
    <p role="status" className="py-6 text-center text-sm text-muted">
      Loading the variants…
    </p>
  ),
);
